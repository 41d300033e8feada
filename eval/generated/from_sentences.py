"""Questions made of sentences: in a main clause the verb stands second, so what is asked for can take the first place.

»In Musterland gibt es 28 Räte.« → »Wie viele Räte gibt es in Musterland?«. Only sentences that stand for themselves are
taken: no word that leans on others, and a place, a person, the programme or a year that says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from eval.generated.made import Made, Material, templates
from eval.quality.cases import Value
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import find_persons
from ingest.german.places import find_places
from ingest.german.quantities import Quantity, find_quantities
from ingest.german.sentences import sentences

SHORTEST, LONGEST = 35, 170
_UNFIT = re.compile(r"[»«„“\":;+*|–?!\n]|\bS\. |\d\d?\.\d{2} Uhr")
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.? |[•–*-] |TOP \d+ )+")
_ASIDE = re.compile(r" \([^()\d]*\)")
_CELLS = re.compile(r"(?P<head>[^:;\d]+): (?P<row>[^:;]+); (?P<column>[^:;\d]+): (?P<cell>[^:;]+)\.")
_WORD = re.compile(r"\S+")


_NO_QUOTES = str.maketrans("", "", '»«„“"')


@dataclass(frozen=True, slots=True)
class _Clause:
    """`text` without its full stop; the finite verb is `text[start:end]`."""

    text: str
    start: int
    end: int

    def asking(self, asked: str, cut: tuple[int, int]) -> str:
        """The clause as a question: `asked` first, then the verb and all that is left without the stretch `cut`."""
        first, verb = self.text[: self.start].strip(), self.text[self.start : self.end]
        if cut[1] <= self.start:
            first = ""
            rest = self.text[self.end :]
        else:
            rest = self.text[self.end : cut[0]] + self.text[cut[1] :]
        return " ".join(f"{asked} {verb} {_small(first)} {rest}".split()) + "?"


def from_sentences(material: Material) -> Iterator[Made]:
    """All questions that single sentences answer."""
    named = {row.fact.place.name for row in material.rows if row.fact.place} | {material.programme}
    for document in material.documents:
        if document.status != "current":
            continue
        for section in document.sections:
            if section.role == "body":
                part = document.text[section.start : section.end]
                for start, end in sentences(part):
                    yield from _of_sentence(
                        " ".join(part[start:end].split()), document.title.translate(_NO_QUOTES), named
                    )


def _of_sentence(text: str, title: str, named: set[str]) -> Iterator[Made]:
    yield from _of_cells(text, title)
    clause = _clause(_ASIDE.sub("", text))
    if clause is None or not _stands_alone(clause.text):
        return
    found = [*_counted(clause), *_dated(clause), *_acting(clause)]
    if any(mention.ambiguous for mention in find_places(text)):
        return
    if any(name in text for name in named) or find_places(text) or find_persons(text):
        yield from found
    else:  # it says nothing of its own about what it is about
        yield from (replace(made, question=f"{made.question[:-1]} laut »{title}«?") for made in found)
    values = [value for made in found for value in made.right]
    if values:
        form = _words()["check"][len(text) % len(_words()["check"])]
        yield Made("sentence-check", form.format(sentence=text), "yes-no", tuple(dict.fromkeys(values)))


def _of_cells(text: str, title: str) -> Iterator[Made]:
    """Rows of a table, which are stored with the name of the column before each cell."""
    row = _CELLS.fullmatch(text)
    if row is None:
        return
    values = [Value("number", q.number, q.unit) for q in find_quantities(row["cell"]) if q.kind in ("count", "measure")]
    values += [Value("money", q.number) for q in find_quantities(row["cell"]) if q.kind == "money"]
    values += [Value("date", mention.iso) for mention in find_dates(row["cell"])]
    if len(values) == 1:
        for form in _words()["cell"]:
            yield Made("table-cell", form.format(title=title, **row.groupdict()), "open", tuple(values))


def _stands_alone(text: str) -> bool:
    words = [word.strip(",").casefold() for word in text.split()]
    leaning = set(_words()["leaning"])
    return not any(
        word in leaning and not (word == "es" and words[n - 1] in _words()["es"]) for n, word in enumerate(words)
    )


def _clause(text: str) -> _Clause | None:
    if not SHORTEST <= len(text) <= LONGEST or not text.endswith(".") or _UNFIT.search(text):
        return None
    body = _NUMBERING.sub("", text[:-1])
    for word in _WORD.finditer(body):
        if word.group().endswith(",") or word.start() > LONGEST / 2:
            return None
        if word.start() and word.group() in _words()["finite"]:
            first = body[: word.start()].strip()
            # One word alone is a participle or a pronoun more often than it is a subject.
            known = " " in first or find_persons(first) or find_places(first)
            return _Clause(body, *word.span()) if known else None
    return None


def _counted(clause: _Clause) -> Iterator[Made]:
    """»Wie viele Räte …«, »In wie vielen Kommunen …«, »Wie viel Euro …«, »Wie viel Prozent …«."""
    found = find_quantities(clause.text)
    for quantity in found:
        value = (
            Value("money", quantity.number)
            if quantity.kind == "money"
            else Value("number", quantity.number, quantity.unit)
        )
        noun = _noun(quantity)
        before = clause.text[: quantity.start].split()[-1:]
        inside = clause.text[clause.end : quantity.start]
        if (
            not noun
            or "," in inside
            or clause.text[quantity.start] == "0"
            or (before and before[0].casefold() in _words()["before"])
            or quantity.number < 1
        ):
            continue
        many = "viel" if quantity.kind in ("money", "share") else "viele"
        cut = (quantity.start, quantity.end)
        if before and before[0].casefold() in _words()["dative"]:
            cut = (quantity.start - len(before[0]) - 1, quantity.end)
            asked = f"{before[0].capitalize()} wie {many}{'' if many == 'viel' else 'n'} {noun}"
        else:
            asked = f"Wie {many} {noun}"
        if cut[1] <= clause.start and (cut[0] or clause.text[cut[1] : clause.start].strip()):
            continue  # the first place holds more than the number
        yield Made(
            "sentence-count", clause.asking(asked, cut), "amount" if quantity.kind == "money" else "figure", (value,)
        )


def _noun(quantity: Quantity) -> str:
    if quantity.kind == "money":
        return "Euro"
    if quantity.kind == "share":
        return "Prozent" if quantity.unit in ("", "Prozent", "%") else ""
    return quantity.unit if quantity.unit[:1].isupper() else ""


def _dated(clause: _Clause) -> Iterator[Made]:
    """»Wann …« for a day or month behind its preposition."""
    for mention in find_dates(clause.text):
        cut = _with_preposition(clause.text, mention)
        if mention.year is None or cut is None:
            continue
        if cut[1] <= clause.start and clause.text[: clause.start].strip() != clause.text[cut[0] : cut[1]]:
            continue
        asked = "Seit wann" if clause.text[cut[0] :].casefold().startswith("seit") else "Wann"
        yield Made("sentence-date", clause.asking(asked, cut), "date", (Value("date", mention.iso),))


def _with_preposition(text: str, mention: DateMention) -> tuple[int, int] | None:
    before = text[: mention.start].rstrip()
    for word in sorted(_words()["day"], key=len, reverse=True):
        if before.casefold().endswith(word) and not before[: -len(word)].strip()[-1:].isdigit():
            start = len(before) - len(word)
            return (start, mention.end) if start == 0 or before[start - 1] == " " else None
    return None


def _acting(clause: _Clause) -> Iterator[Made]:
    """»Wer …« for the one person who stands before the verb."""
    first = clause.text[: clause.start].strip()
    persons = find_persons(first)
    if len(clause.text) - clause.end < SHORTEST / 2:
        return
    if len(persons) == 1 and first.endswith(persons[0].name) and clause.text[clause.end - 1] != "n":
        role = first[: persons[0].start].strip()
        if role in ("", persons[0].role) or persons[0].start == 0:
            asked = clause.asking("Wer", (0, clause.start))
            yield Made("sentence-person", asked, "person", (Value("name", any=(persons[0].name,)),))


def _small(first: str) -> str:
    word, _, rest = first.partition(" ")
    return f"{word[:1].lower()}{word[1:]} {rest}".strip() if word in _words()["light"] else first


def _words() -> dict[str, Any]:
    found: dict[str, Any] = templates()["sentence"]
    return found
