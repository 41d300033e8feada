"""What findings share: values as the source writes them, days, citations of rows, look-alikes and contradictions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence

from app.answering.draft import Day, Draft
from app.answering.question import compiled
from app.answering.register.asked import FIRST, LAST, Asked, words
from app.answering.register.statements import Statements
from app.answering.verify import unsupported
from app.answers import Citation, Figure
from app.data import load
from app.register.conflicts import find_conflicts
from app.register.rows import Row
from app.register.time import span_of
from app.register.wording import shown_date, shown_number
from index.filters import day_span
from index.lexical import analyse
from ingest.german.dates import DateMention, find_dates, format_german
from ingest.german.quantities import Quantity, find_quantities
from prompts import render


def label(measure: str, language: str) -> str:
    """The name of a measure for readers, or ""."""
    found: str = load("labels")[language]["measure"].get(measure, "")
    return found


def day_of(row: Row, language: str) -> Day:
    """The day a row holds for: »22.07.2022«, »zwischen … und …, erschlossen«, »ohne festes Datum«."""
    fact = row.fact
    if fact.as_of:
        return Day(fact.as_of, None, day_words(row, fact.as_of))
    if fact.as_of_range:
        first, last = (format_german(day) for day in fact.as_of_range)
        return Day(None, fact.as_of_range, render("between", language, first=first, last=last))
    return Day(None, None, render("undated", language))


def day_words(row: Row, day: str) -> str:
    """A day as the sentence writes it, else as readers write it: only what stands in a quote can be checked there."""
    if day == row.entry.source.summary.published.date:
        return shown_date(day)
    quote = row.entry.quote
    mentions = find_dates(quote)
    named = next((m for m in mentions if m.iso == day), None) or next((m for m in mentions if _covers(m, day)), None)
    return " ".join(quote[named.start : named.end].split()) if named else shown_date(day)


def _covers(mention: DateMention, day: str) -> bool:
    """»Mitte 2020« is how a sentence may write a day."""
    first, last = (int(d.strftime("%Y%m%d")) for d in (mention.first, mention.last))
    span = day_span(day) if day[:1].isdigit() else (LAST, FIRST)
    return mention.year is not None and first <= span[0] and span[1] <= last


def written(row: Row, noun: str = "") -> str:
    """The value of a row as its sentence writes it, with what is counted (`noun` where it is the same word)."""
    fact = row.fact
    quantity = _quantity(row)
    if quantity is None:
        number = shown_number(fact.value or "")
        ordinal = re.search(rf"(?<!\d){re.escape(number)}\.(?!\d)\s*\w", row.entry.quote)
        return " ".join(filter(None, (fact.qualifier, number, "" if ordinal else fact.unit)))
    text = " ".join(row.entry.quote[quantity.start : quantity.end].translate(_NO_QUOTES).split())
    text = compiled(words()["fillers"]).sub("", text)
    unit = fact.unit or ""
    if not quantity.unit or quantity.kind != "count":
        return text if quantity.kind != "count" or not unit else f"{text} {unit}"
    if not text.endswith(quantity.unit):
        return f"{text} {unit}".strip()
    if noun[:1].isupper() and text.endswith(quantity.unit) and analyse(noun) == analyse(quantity.unit):
        return text[: -len(quantity.unit)] + noun
    return text


_NO_QUOTES = str.maketrans("", "", '«»„“”"')


def _quantity(row: Row) -> Quantity | None:
    found = [q for q in find_quantities(row.entry.quote) if q.number == row.fact.value]
    same = [q for q in found if q.unit and q.unit == row.fact.unit]
    return next(iter(same or found), None)


def supported(row: Row, text: str, statements: Statements) -> bool:
    """Whether the numbers of a text stand in the sentence of a row or are its document's date."""
    document = statements.document(row)
    return not unsupported(text, [Citation(1, document, row.fact.start, row.fact.end)])


def period_words(period: str | None, language: str) -> str:
    """The period over which was counted, in words; "" where there is none."""
    words: dict[str, str] = load("labels")[language]["period"]
    if not period or period in words:
        return words.get(period or "", "")
    if period.startswith("since "):
        return words["since"].format_map({"from": period.removeprefix("since ")})
    first, _, last = period.partition("/")
    return words["span" if last else "year"].format_map({"from": first, "to": last})


def details(row: Row, language: str, *more: str) -> str:
    """»eng beteiligte Kommunen, im Jahr 2022, Stand 22.07.2022«."""
    return ", ".join(filter(None, (*more, period_words(row.fact.period, language), stand(row, language))))


def brief(row: Row, asked: Asked, *more: str) -> str:
    """The same for a short form, which names only what its citation shows: a period may come from a heading."""
    parts = (period_words(row.fact.period, asked.language), stand(row, asked.language))
    return ", ".join(filter(None, (*more, *(part for part in parts if supported(row, part, asked.statements)))))


def stand(row: Row, language: str) -> str:
    """»Stand 22.07.2022«, or that there is no date."""
    day = day_of(row, language)
    return render("register_stand", language, date=day.shown) if day.as_of or day.span else day.shown


def cite(draft: Draft, statements: Statements, row: Row) -> int:
    """Number of the citation of a row's sentence."""
    return draft.cite(statements.document(row), row.fact.start, row.fact.end)


def marks(draft: Draft, asked: Asked, row: Row) -> str:
    """The number of a row's citation; beside it, in brackets of its own, that of the place its day was read from."""
    number = str(cite(draft, asked.statements, row))
    day = row.fact.as_of
    if day is None or supported(row, day_of(row, asked.language).shown, asked.statements):
        return number
    document = asked.statements.document(row)
    named = [mention for mention in find_dates(document.text) if mention.iso == day]
    if not named:
        return number
    nearest = min(named, key=lambda mention: (mention.start > row.fact.start, abs(mention.start - row.fact.start)))
    return f"{number}] [{draft.cite(document, *line_of(document.text, nearest.start))}"


def line_of(text: str, position: int) -> tuple[int, int]:
    """Start and end of the line that a position lies in."""
    start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def figure(row: Row, number: int, *, superseded: bool = False) -> Figure:
    """The figure object of a row."""
    fact = row.fact
    return Figure(
        measure=fact.measure, value=fact.value if fact.value is not None else "", unit=fact.unit or "",
        citation=number, qualifier=fact.qualifier, as_of=fact.as_of, superseded=superseded,
    )  # fmt: skip


def note_conflicts(draft: Draft, asked: Asked, key: Hashable, rows: Sequence[Row]) -> set[str]:
    """Say which statements among rows cannot both hold, each with its source; the ids of these rows.

    `key` names the rows, so that they are compared once.
    """
    disputed: set[str] = set()
    for conflict in asked.statements.worked_out(("conflicts", key, asked.as_of), lambda: find_conflicts(rows)):
        if conflict.kind in ("value", "period"):
            disputed |= {row.id for row in conflict.statements}
            said = [_statement(draft, asked, row) for row in conflict.statements]
            numbers = " · ".join(dict.fromkeys(said))
            draft.note(draft.say("note_register_conflict", statements=numbers))
    return disputed


def _statement(draft: Draft, asked: Asked, row: Row) -> str:
    number = cite(draft, asked.statements, row)
    return f"{shown_value(row)} ({details(row, asked.language)}) [{number}]"


def shown_value(row: Row) -> str:
    """A number as written, a day as readers write it."""
    return day_words(row, str(row.fact.value)) if row.fact.unit == "date" else written(row)


def show_marks(draft: Draft, name: str, before: str) -> None:
    """Name in the text the citations that only notes mention, so that each of them can be followed there."""
    shown = "\n".join([before, *draft.lines])
    missing = [f"[{c.number}]" for c in draft.citations if f"[{c.number}]" not in shown]
    if missing:
        draft.line(draft.say(name, numbers=" ".join(missing)))


def later(row: Row) -> tuple[int, int]:
    """For sorting: rows by the first day they can hold for; those without any come first."""
    return span_of(row.fact) or (FIRST, LAST)


def dated(rows: Iterable[Row]) -> list[Row]:
    """The rows that are known to hold for a day, a month or a year, and not only for a possible range."""
    return [row for row in rows if row.fact.as_of]
