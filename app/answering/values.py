"""The short form of an answer: the value itself, as written in the source, at most 200 characters."""

from __future__ import annotations

import re

from app.answering.counted import counted_noun
from app.answering.fit import best_date, best_quantity, says_today
from app.answering.matching import match, words_of
from app.answering.question import Question
from app.answering.sentences import LIST_MARK, Sentence
from app.answering.spans import told_span
from app.answering.tables import column_date
from index.lexical import analyse
from ingest.german.dates import DateMention, format_german
from ingest.german.persons import PersonMention
from ingest.german.quantities import Quantity
from ingest.types import Document
from prompts import render

LIMIT = 200
_CURRENCY = {"EUR": "Euro"}
_STAND = re.compile(r"\bStand:?\s+(?:vom\s+|am\s+)?$")
_PREPOSITION = re.compile(
    r"\b(?:ab|bis|am|vom|von|zum|seit|im|spätestens|bis spätestens|ab dem|bis zum|Anfang|zwischen)\s+$"
)


def stand(document: Document, language: str) -> str:
    """The date of a document for readers: a day, a month, a range marked as inferred, or "no date"."""
    published = document.published
    if published.date:
        return format_german(published.date)
    if published.range:
        first, last = (format_german(day) for day in published.range)
        return render("between", language, first=first, last=last)
    return render("undated", language)


def as_of(sentence: Sentence, quantity: Quantity | None = None) -> str | None:
    """The day a statement holds for (ISO): its column, its own »Stand«, else the publication; or None."""
    column = column_date(sentence.row, quantity) if quantity else None
    if column is not None:
        return column.iso
    for mention in sentence.dates:
        before, after = sentence.text[: mention.start], sentence.text[mention.end :]
        if mention.year is not None and (_STAND.search(before) or (not before.strip() and after.startswith(":"))):
            return mention.iso
    return sentence.document.published.date


def stand_of(sentence: Sentence, language: str, quantity: Quantity | None = None) -> str:
    """The day of a statement for readers; see `as_of` and `stand`."""
    own = as_of(sentence, quantity)
    return format_german(own) if own else stand(sentence.document, language)


def shorten(text: str, limit: int = LIMIT) -> str:
    """`text` on one line, cut at a clause or word with an ellipsis if it is longer than `limit`."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 2]
    clause = max(cut.rfind(mark) for mark in (", ", "; ", ": ", " – "))
    return (cut[:clause] if clause > limit * 0.6 else cut.rsplit(" ", 1)[0]) + " …"


def short_value(question: Question, sentence: Sentence) -> str:
    """The value a question of this kind wants, or the shortened sentence."""
    match question.kind:
        case "figure" | "amount" | "share":
            return _quantity(question, sentence)
        case "date":
            return _date(question, sentence)
        case "person":
            return _persons(question, sentence)
        case "list":
            return shorten(_items(question, sentence) or sentence.text)
    return shorten(sentence.text)


def _items(question: Question, sentence: Sentence) -> str:
    """The items of the list that a sentence belongs to or announces, in one line, or ""."""
    if not sentence.listed and sentence.list_end <= sentence.end:
        return ""
    start, end = told_span(question, sentence)
    items = [_unmarked(line.strip()).strip(" ;,.") for line in sentence.document.text[start:end].split("\n")]
    return " · ".join(item for item in items if item and not item.endswith(":"))


def _unmarked(line: str) -> str:
    mark = LIST_MARK.match(line)
    return line[mark.end() :] if mark else line


def signers(sentence: Sentence) -> list[PersonMention]:
    """Persons who act in the sentence, not those merely present."""
    return [p for p in sentence.persons if not p.present_only]


def witnesses(sentence: Sentence) -> list[PersonMention]:
    """Persons merely present (»im Beisein von …«)."""
    return [p for p in sentence.persons if p.present_only]


def person_label(person: PersonMention) -> str:
    """Name and office as written: "Max Muster (Bürgermeister)"."""
    return f"{person.name} ({person.role})" if person.role else person.name


def _quantity(question: Question, sentence: Sentence) -> str:
    quantity = best_quantity(question, sentence)
    if quantity is None:
        return shorten(sentence.text)
    surface = " ".join(re.sub("[«»„“”]", "", sentence.text[quantity.start : quantity.end]).split())
    noun = counted_noun(question)
    if not quantity.unit and noun:
        return f"{surface} {noun}"
    if quantity.unit and sentence.row.cell_at(quantity.start) and not re.search(r"[^\W\d_]|[€%]", surface):
        return f"{surface} {_CURRENCY.get(quantity.unit, quantity.unit)}"
    if quantity.unit and noun and quantity.kind == "count" and surface.endswith(quantity.unit):
        same = analyse(noun) == analyse(quantity.unit)
        return surface[: -len(quantity.unit)] + noun if same else surface
    return surface


def _date(question: Question, sentence: Sentence) -> str:
    recurring = [d for d in sentence.dates if d.year is None]
    if len(recurring) >= 2:
        return _stretch(sentence.text, recurring[0], recurring[-1])
    mention = best_date(question, sentence)
    if mention is None:
        published = sentence.document.published
        return format_german(published.date) if published.date and says_today(sentence) else shorten(sentence.text)
    return _stretch(sentence.text, mention, mention) + _year_of_source(sentence, mention)


def _year_of_source(sentence: Sentence, mention: DateMention) -> str:
    """» (2022)«, the year of the source, behind a day that a dated report gives without one."""
    published = sentence.document.published
    if mention.year is not None or not published.date or sentence.document.kind == "programme":
        return ""
    return f" ({published.date[:4]})"


def _stretch(text: str, first: DateMention, last: DateMention) -> str:
    before = _PREPOSITION.search(text[max(0, first.start - 16) : first.start])
    start = first.start - len(before.group()) if before else first.start
    return " ".join(text[start : last.end].split())


def _persons(question: Question, sentence: Sentence) -> str:
    """Names with offices for questions about signing, presence or an office; else the sentence."""
    if question.witnesses and not question.signing:
        people = witnesses(sentence)
    elif question.signing:
        people = signers(sentence)
    else:
        people = [p for p in sentence.persons if _holds_asked_office(question, p)]
    return shorten("; ".join(person_label(p) for p in people)) if people else shorten(sentence.text)


def _holds_asked_office(question: Question, person: PersonMention) -> bool:
    words = words_of(person.role)
    return any(match(term, words) >= 0.6 for term in question.focus)
