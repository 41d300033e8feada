"""Whether a sentence holds what a question wants: an amount, a count of the right thing, a date, a person."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from app.answering.counted import counted_noun, measures
from app.answering.matching import Words, match, words_of
from app.answering.nearness import is_part, nearness
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.tables import column_date
from app.data import load
from ingest.facts.measures import OTHER, clause_of, measure_in
from ingest.german.dates import DateMention
from ingest.german.persons import roles
from ingest.german.quantities import Quantity

_VALUE_LABEL = re.compile(r"\b(?:Wert|Anzahl|Zahl|Menge):\s*(?:\w+\s+)?$")
# »in Musterstadt«, »in der alten Münze«: a preposition of place and, at most two small words on, a noun.
_SITE = re.compile(
    r"\b(?:[Ii]n|[Ii]m|[Aa]m|[Aa]n|[Aa]uf|[Bb]ei|[Bb]eim|[Vv]or|[Nn]ach|[Aa]us)\s+(?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]+"
)
_ROW = re.compile(r"\b[A-ZÄÖÜ]\w+, [A-ZÄÖÜ]\w+")
_TODAY = re.compile(r"\b(?:heute|heutigen|gestern)\b", re.IGNORECASE)
_MEASURED = {
    "groß": ("km²", "m²", "ha"),
    "gross": ("km²", "m²", "ha"),
    "fläche": ("km²", "m²", "ha"),
    "large": ("km²",),
}


def fits(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence holds a value of the wanted kind."""
    match question.kind:
        case "amount":
            free = sentence.says(load("questions")["values"]["free"])
            return free or any(q.kind == "money" for q in sentence.quantities)
        case "share":
            return any(q.kind == "share" for q in sentence.quantities) or _about_own_share(question, sentence)
        case "figure":
            return best_quantity(question, sentence) is not None
        case "date":
            return bool(sentence.dates) or bool(_TODAY.search(sentence.text))
        case "person":
            return bool(sentence.persons) or names_role(sentence.text) or not asks_for_office(question)
        case "contact":
            return bool(sentence.persons or re.search(r"www\.|https?://", sentence.text))
        case "list" if asks_for_places(question):
            return sentence.text.endswith(":") or bool(
                sentence.places or _SITE.search(sentence.text) or _ROW.search(sentence.text)
            )
        case "place":
            return bool(sentence.places or _names_site(sentence))
        case _:
            return True


def _names_site(sentence: Sentence) -> bool:
    """»in der alten Münze«, but not »im März«."""
    none = compiled(load("questions")["values"]["no_site"])
    return any(not none.search(found.group()) for found in _SITE.finditer(sentence.text))


def cue(question: Question, sentence: Sentence) -> float:
    """1 if the sentence says what such questions look for, -1 if it lacks what they need, else 0."""
    if _spells_out(question, sentence):
        return 1.0
    value = 0.0
    for pattern, needed in _cues(question):
        if sentence.says(pattern):
            value = 1.0
        elif needed:
            return -1.0
    return value


@lru_cache(maxsize=256)
def _cues(question: Question) -> tuple[tuple[str, bool], ...]:
    """What the answering sentence is expected to say, and whether it must."""
    asked = [rule for rule in load("questions")["cue"] if compiled(rule["question"]).search(question.text)]
    return tuple((rule["sentence"], bool(rule.get("needed"))) for rule in asked)


def _spells_out(question: Question, sentence: Sentence) -> bool:
    """»Landespräventionsrat (LPR)«: the sentence spells out an abbreviation that is asked for."""
    if question.kind != "definition":
        return False
    short = [t.text for t in question.terms if len(t.text) <= 8]
    return any(re.search(rf"\w \({re.escape(word)}\)", sentence.text, re.IGNORECASE) for word in short)


def says_today(sentence: Sentence) -> bool:
    """Whether the sentence dates itself by »heute«."""
    return bool(_TODAY.search(sentence.text))


@lru_cache(maxsize=256)
def asks_for_office(question: Question) -> bool:
    """Whether the asked person must be named or hold an office (signing, presence, an office in the question)."""
    return question.signing or names_role(question.text.title()) or names_role(question.text)


@lru_cache(maxsize=4096)
def names_role(text: str) -> bool:
    """Whether an office is named."""
    return any(role in text for role in roles())


@lru_cache(maxsize=256)
def asks_for_places(question: Question) -> bool:
    """Whether a list of places is wanted (»Welche Städte …«)."""
    asked = re.search(r"\b[Ww]elche[rsn]?\s+(?:\w+\s+)?([A-ZÄÖÜ]\w+)", question.text)
    return bool(asked and re.search(load("questions")["values"]["containers"], asked.group(1)))


@lru_cache(maxsize=512)
def best_quantity(question: Question, sentence: Sentence) -> Quantity | None:
    """The number of the sentence that the question asks for, or None if none counts the right thing."""
    wanted = {"amount": "money", "share": "share"}.get(question.kind)
    pool = [q for q in sentence.quantities if wanted is None or q.kind == wanted]
    if question.kind == "figure":
        pool = _counting(question, sentence, pool) or [q for q in pool if q.unit]
    pool = _of_asked_measure(question, sentence, pool)
    if len(pool) < 2:
        return pool[0] if pool else None
    return max(pool, key=lambda q: (_of_asked_time(question, sentence, q), nearness(question, sentence, q), -q.start))


@lru_cache(maxsize=4096)
def counts_asked(question: Question, sentence: Sentence) -> bool:
    """Whether a number of the sentence counts what a »how many« question names, by that word or a synonym."""
    return question.kind == "figure" and bool(_counting(question, sentence, list(sentence.quantities)))


def _of_asked_time(question: Question, sentence: Sentence, quantity: Quantity) -> float:
    """In a row of a table: 1 for a column of a year asked for, -1 for another; the later, the more if none is."""
    column = column_date(sentence.row, quantity)
    if column is None:
        return 0.0
    if question.years:
        return 1.0 if column.year in question.years else -1.0
    return column.last.toordinal() / date.max.toordinal()


@lru_cache(maxsize=256)
def _asked_measure(question: Question) -> str:
    """The canonical measure that a "how many" question asks for, or `other`."""
    return measure_in((question.own,), counted_noun(question)) if question.kind == "figure" else OTHER


def has_asked_measure(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence states a number of the very measure that the question asks for."""
    asked = _asked_measure(question)
    return asked != OTHER and asked in sentence.measures


def _of_asked_measure(question: Question, sentence: Sentence, pool: list[Quantity]) -> list[Quantity]:
    """Where the question asks for a known measure: its numbers, else those of no known measure."""
    asked = _asked_measure(question)
    if asked == OTHER:
        return pool
    text = sentence.text
    near = [q for q in pool if measure_in((clause_of(text, q.start, q.end),), q.unit, text) == asked]
    measure = dict(zip(sentence.quantities, sentence.measures, strict=True))
    same = [q for q in pool if measure[q] == asked]
    return near or same or [q for q in pool if measure[q] == OTHER]


def best_date(question: Question, sentence: Sentence) -> DateMention | None:
    """The date of the sentence nearest to the words of the question; a full day before a period."""
    if len(sentence.dates) < 2:
        return sentence.dates[0] if sentence.dates else None
    return max(sentence.dates, key=lambda d: (nearness(question, sentence, d) + (0.2 if d.is_day else 0.0), -d.start))


def _counting(question: Question, sentence: Sentence, pool: list[Quantity]) -> list[Quantity]:
    lowered = question.text.casefold()
    for word, units in _MEASURED.items():
        if word in lowered and re.search(r"\bwie (?:groß|gross)|fläche|gebiet|quadratkilometer|how large", lowered):
            return [q for q in pool if q.unit in units]
    noun = counted_noun(question)
    counts = [q for q in pool if q.kind in ("count", "measure")]
    term = next((t for t in question.terms if t.text.casefold() == noun.casefold()), None) if noun else None
    if term is None:
        measured = pool if measures(question) else counts
        return [q for q in measured if q.unit or _stands_alone(sentence, q)]
    named = [q for q in counts if q.unit and match(term, words_of(q.unit.split()[-1])) >= 0.4]
    bare = [q for q in counts if not q.unit and _stands_alone(sentence, q)]
    return named + bare or [q for q in counts if _shares_clause(term, sentence, q)]


def _stands_alone(sentence: Sentence, quantity: Quantity) -> bool:
    """»ein Drittel (56)«, »56 davon«, »56 der 84 Orte«, »Wert: 56«: a number that stands for what is said beside it."""
    before, after = sentence.text[: quantity.start], sentence.text[quantity.end :]
    alone = re.match(r"\s+davon\b", after) or _VALUE_LABEL.search(before) or is_part(sentence, quantity)
    return before.endswith("(") or bool(alone)


def _shares_clause(term: Term, sentence: Sentence, quantity: Quantity) -> bool:
    """»In 28 Kommunen gibt es einen Rat«, »die Zahl der Räte stieg auf 28«: the counted word beside another number."""
    clause = clause_of(sentence.text, quantity.start, quantity.end)
    own = words_of(quantity.unit).stems
    holds = not quantity.unit or bool(re.search(load("questions")["values"]["containers"], quantity.unit))
    return quantity.kind == "count" and holds and match(term, Words(words_of(clause).stems - own)) >= 0.8


def _about_own_share(question: Question, sentence: Sentence) -> bool:
    own = frozenset(load("questions")["values"]["own_share"])
    asked = any(stem in own for term in question.terms for stem, _ in term.matches)
    return (
        asked and bool(own & sentence.stems) and not re.search(r"\bwie (?:viel|hoch)\b", question.text, re.IGNORECASE)
    )
