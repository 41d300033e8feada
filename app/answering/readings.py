"""Names that stand for two places or two persons in the documents: each reading is named, with its own answer.

The gazetteer knows towns of one name; here the documents tell them apart themselves (»X im Landkreis A«, »X (B)«, rows
of one name under the headings of two districts; »Oberbürgermeister Max« where two have that given name).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from app.answering import values
from app.answering.decide import Ranked
from app.answering.draft import Draft
from app.answering.polarity import found, rules
from app.answering.question import Question
from app.answering.remembered import per_document
from app.answering.sentences import Sentence, document_sentences
from app.answering.spans import quoted_span
from app.answering.subjects import OPENING, subject_places
from app.answering.verdict import day_of
from ingest.german.persons import find_persons, roles
from ingest.german.places import find_places
from ingest.types import Document
from ingest.validity import REGULATIONS

_LONGEST = 40_000  # characters
_NAME = r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_DISTRICT = r"(?:Landkreise?s?|Kreis(?:es)?|Lkr\.|LK)\s+(?P<district>[A-ZÄÖÜ][\wäöüß-]+)"
# Districts are looked for first and the name before them then: texts are full of names, and name few districts.
_TIES = (
    (re.compile(_DISTRICT), re.compile(rf"\b(?P<name>{_NAME})\*?\s*(?:,|\(|im|aus dem)?\s*$")),
    (re.compile(r"\((?P<district>[A-ZÄÖÜ][\wäöüß-]+)\)"), re.compile(rf"\b(?P<name>{_NAME})\s+$")),
)
_LONGEST_NAME = 60  # characters before a district in which the name stands
_HEADED = re.compile(r"^(?:Landkreis|Kreis)\s+(?P<district>[A-ZÄÖÜ][\wäöüß-]+)\s*$")
_ROW = re.compile(rf"(?:^|\n)\s*\|?\s*(?:\w+:\s*)?(?P<name>{_NAME})\*?\s*[|;]")
_NAMESAKE = re.compile(rf"\bgleichnamige\w*\b[^.;]{{0,40}}{_DISTRICT}")
_BACK = re.compile(r"^(?:Deren|Dessen|Dort|Diese[rs]?|Jene[rs]?)\b")
BEHIND = 45  # characters in which »als Bürgermeisterin« follows a name
Choose = Callable[[Callable[[Sentence], bool]], Sequence[Ranked]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the name may mean, with the sentence that answers for it, if any."""

    label: str
    value: str
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of a name."""

    question: Question
    found: Sequence[Reading]

    def write(self, draft: Draft) -> None:
        """Each reading with its own answer and its sentence."""
        told = [reading.sentence for reading in self.found if reading.sentence is not None]
        draft.holds_for(day_of(told[0], draft.context.language))
        unknown = draft.say("reading_unknown")
        parts = [r.label if r.value == r.label else f"{r.label}: {r.value.rstrip('.') or unknown}" for r in self.found]
        draft.shorts.append(values.shorten("; ".join(parts)))
        draft.statuses.append("ambiguous")
        for sentence in told:
            draft.line(draft.quoted(draft.cite(sentence.document, *quoted_span(sentence))))
        draft.note(draft.say("ambiguous_reading", names=", ".join(reading.label for reading in self.found)))


def read_twice(question: Question, documents: Sequence[Document], choose: Choose) -> Readings | None:
    """The readings of a name in the question that the documents use for two things; None where there is one."""
    return _places(question, documents, choose) or _twins(question, choose) or _persons(question, documents)


@per_document
def ties(document: Document) -> Mapping[str, frozenset[str]]:
    """Names of a document with the districts that it places them in; a law places none."""
    if document.kind in REGULATIONS and len(document.text) > _LONGEST:
        return {}
    found_: dict[str, set[str]] = defaultdict(set)
    for name, district in _tied(document.text):
        found_[name].add(district)
    for section in document.sections:
        headed = _HEADED.match(section.heading or "")
        for row in _ROW.finditer(document.text[section.start : section.end]) if headed else ():
            found_[row["name"]].add(headed["district"] if headed else "")
    return {name: frozenset(districts) for name, districts in found_.items()}


def _tied(text: str) -> Iterator[tuple[str, str]]:
    """Names with the districts that a text places them in: »X im Landkreis A«, »X (A)«."""
    for placed, named in _TIES:
        for match in placed.finditer(text):
            before = named.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
            if before:
                yield before["name"], match["district"]


def _places(question: Question, documents: Sequence[Document], choose: Choose) -> Readings | None:
    known: dict[str, set[str]] = defaultdict(set)
    districts = {district for document in documents for district in _districts(document)}
    for document in documents:
        for name, tied in ties(document).items():
            if _asked(question, name):
                known[name] |= tied & districts
    for name, several in known.items():
        if len(several) >= 2 and not any(d[:6] in question.text for d in several) and not find_places(name):
            return _of_districts(question, name, sorted(several), documents, choose)
    return None


def _twins(question: Question, choose: Choose) -> Readings | None:
    """Towns of one name in the gazetteer: what the documents say of each of them."""
    twins = [mention for mention in question.places if mention.ambiguous and mention.role == "municipality"]
    if len(twins) != 1 or len(question.places) != 1:
        return None
    found_: list[Reading] = []
    for place in twins[0].candidates:
        best = next(iter(choose(partial(_speaks_of, place.ags, question.wanted_places))), None)
        sentence = best.candidate.sentence if best else None
        found_.append(Reading(place.label, values.short_value(question, sentence) if sentence else "", sentence))
    return Readings(question, tuple(found_)) if any(r.sentence for r in found_) else None


def _speaks_of(ags: str, wanted: frozenset[str], sentence: Sentence) -> bool:
    """Whether a sentence, or else the document that it stands in, is about this one of several twins."""
    named = {p.ags for m in sentence.places if not m.ambiguous for p in m.candidates} & wanted
    return ags in named if named else subject_places(sentence.document) & wanted == {ags}


@per_document
def _districts(document: Document) -> frozenset[str]:
    """Districts that a document names as such."""
    return frozenset(match["district"] for match in re.finditer(_DISTRICT, document.text))


def _asked(question: Question, name: str) -> bool:
    stem = name[:-1] if name.endswith("e") else name
    if stem.lower() not in question.own.lower():  # laws name hundreds of places, and a pattern for each costs
        return False
    return re.search(rf"\b(?:{name}s?|{stem}er)\b", question.own, re.IGNORECASE) is not None


def _of_districts(
    question: Question, name: str, tied: Sequence[str], documents: Sequence[Document], choose: Choose
) -> Readings | None:
    found_: list[Reading] = []
    for district in tied:
        label = f"{name} ({district})"
        if found(rules("readings")["district"], question.own):
            sentence = _naming(name, district, documents)
            found_.append(Reading(label, label, sentence))
            continue
        best = next(iter(choose(partial(_is_bound, name, tied, district))), None)
        sentence = best.candidate.sentence if best else None
        found_.append(Reading(label, values.short_value(question, sentence) if sentence else "", sentence))
    return Readings(question, tuple(found_)) if any(r.sentence for r in found_) else None


def _naming(name: str, district: str, documents: Sequence[Document]) -> Sentence | None:
    """The first sentence that places the name in the district."""
    tied = (d for d in documents if district in ties(d).get(name, ()))
    sentences = (s for document in tied for s in document_sentences(document))
    return next((s for s in sentences if _direct(s, name) == [district]), None)


def _direct(sentence: Sentence, name: str) -> list[str]:
    return [district for tied, district in _tied(sentence.text) if tied == name]


def _is_bound(name: str, tied: Sequence[str], district: str, sentence: Sentence) -> bool:
    return _bound(sentence, name, tied) == district


def _bound(sentence: Sentence, name: str, tied: Sequence[str]) -> str:
    """The district of the place that a sentence is about: named in it, above or before it, or as its text begins."""
    if _BACK.match(sentence.text):
        namesake = _NAMESAKE.search(" ".join(sentence.previous.split()))
        if namesake and namesake["district"] in tied:
            return namesake["district"]
    flat = " ".join(sentence.text.split())
    for text in (*_direct(sentence, name), sentence.heading):
        named = [district for district in tied if district in text]
        if len(named) == 1:
            return named[0]
    if _NAMESAKE.search(flat):
        return ""
    own = ties(sentence.document).get(name, frozenset()) & set(tied)
    about = name in sentence.document.title or name in sentence.document.text[:OPENING]
    return next(iter(own)) if len(own) == 1 and about else ""


def _persons(question: Question, documents: Sequence[Document]) -> Readings | None:
    """»Oberbürgermeister Max«: holders of that office whose given name or surname it is, if there are several."""
    asked = _office_and_name(question)
    if asked is None:
        return None
    office, name = asked
    holders: dict[str, Sentence] = {}
    near = _near(office, name)
    for sentence in (s for document in documents if near.search(document.text) for s in document_sentences(document)):
        for person in sentence.persons:
            words = [word for word in re.sub(r"\b(?:Prof|Dr)\.", "", person.name).split() if word]
            behind = sentence.text[person.end : person.end + BEHIND]
            role = person.role or (behind if re.match(r"\s+als\s", behind) else "")
            if name in words and office[:10].casefold() in role.casefold():
                holders.setdefault(" ".join(words), sentence)
    if len(holders) < 2:
        return None
    return Readings(question, [Reading(n, _of_place(s) or n, s) for n, s in sorted(holders.items())])


@lru_cache(maxsize=64)
def _near(office: str, name: str) -> re.Pattern[str]:
    """An office and a name in one sentence, as far as can be told without dividing the whole text into sentences."""
    said = rf"(?i:{re.escape(office[:10])})"
    return re.compile(rf"{said}[^;?!]{{0,{BEHIND * 2}}}\b{name}\b|\b{name}\b[^;?!]{{0,{BEHIND * 2}}}{said}")


def _office_and_name(question: Question) -> tuple[str, str] | None:
    for pattern in _before_a_name():
        match = pattern.search(question.text)
        if match and not find_persons(question.text):
            return match["role"], match["name"]
    return None


@cache
def _before_a_name() -> tuple[re.Pattern[str], ...]:
    """A pattern for each office: there are more than the cache of `re` holds beside others."""
    name = r"(?P<name>[A-ZÄÖÜ][a-zäöüß]+)(?!\s+[A-ZÄÖÜ])\b"
    return tuple(re.compile(rf"\b(?P<role>{role})(?:in)?\s+{name}") for role in roles())


def _of_place(sentence: Sentence) -> str:
    """The one place that a sentence or the title of its document names."""
    for names in ([m.name for m in sentence.places], _titled(sentence.document)):
        if len(set(names)) == 1:
            return names[0]
    return ""


@per_document
def _titled(document: Document) -> Sequence[str]:
    return [mention.name for mention in find_places(document.title, document.text)]
