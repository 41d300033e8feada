"""What a question asks for: kind of answer, content words, places, period, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.data import load
from index.lexical import analyse, stop_words
from index.synonyms import expand
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import find_persons
from ingest.german.places import PlaceMention, find_places
from ingest.german.quantities import Quantity, find_quantities

Kind = Literal[
    "contact", "share", "amount", "figure", "date", "person", "definition", "place", "howto", "purpose", "list", "reason", "yesno", "open"
]  # fmt: skip

SYNONYM_MATCH = 1.7  # a synonym's search weight (at most 0.5) times this is what it counts as a match
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PART = re.compile(
    r"(?:,|\?|;)?\s+(?:und|sowie|and)\s+(?=(?:seit |bis |ab |an |zu |mit |von |für |in )?"
    r"(?:wer|wem|wen|wann|wo|wofür|wozu|was|wie|warum|welche[rsnm]?|who|when|where|what|how|why|which)\b)"
    r"|\?\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question with the stems that answer to it and how much each counts (0 to 1).

    `context` marks a word that a follow-up took over from the question before: it helps, but need not be met.
    """

    text: str
    stem: str
    matches: tuple[tuple[str, float], ...]
    light: bool = False
    name: bool = False
    context: bool = False
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One understood question."""

    text: str
    kind: Kind
    language: str
    terms: tuple[Term, ...]
    places: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    signing: bool = False
    witnesses: bool = False
    override: bool = False
    private: bool = False

    @property
    def years(self) -> frozenset[int]:
        """Years that the question names."""
        return frozenset(d.year for d in self.dates if d.year is not None)

    @property
    def focus(self) -> tuple[Term, ...]:
        """Terms that the answer must be about: neither light nor taken over, unless there are no others."""
        own = tuple(t for t in self.terms if not t.light and not t.context)
        return own or tuple(t for t in self.terms if t.context or t.text.casefold() not in words("light"))


def understand(text: str, language: str | None = None) -> Question:
    """Read one question (a single one; see `split_parts`)."""
    clean = " ".join(text.split())
    own = clean[: clean.rfind(" (")] if clean.endswith(")?") else clean
    lowered = own.casefold()
    places = _places(clean)
    witnesses = _any(load("questions")["signing"]["witness"], lowered)
    return Question(
        text=clean,
        kind=kind_of(own),
        language=language or detect_language(clean),
        terms=_terms(clean, places),
        places=places,
        dates=tuple(find_dates(clean)),
        quantities=tuple(q for q in find_quantities(clean) if q.kind != "count" or q.unit),
        signing=_any(load("questions")["signing"]["question"], clean.casefold()) and not witnesses,
        witnesses=witnesses,
        private=_any(load("questions")["private"]["patterns"], lowered),
        override=_any(load("questions")["overrides"]["patterns"], lowered),
    )


def split_parts(text: str) -> list[str]:
    """Questions in one: "Wann trat A bei und wer unterschrieb?" → two parts, at most three."""
    parts = [part.strip(" ?,.;") for part in _PART.split(text.strip())]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(analyse(part)) == 0 and len(part.split()) > 3 for part in parts):
        return [text.strip()]
    return [f"{part}?" for part in parts[:3]]


def kind_of(text: str) -> Kind:
    """The kind of answer that a question wants."""
    for rule in load("questions")["kind"]:
        if _any(rule["patterns"], text.casefold()):
            kind: Kind = rule["name"]
            return kind
    return "open"


def detect_language(text: str) -> str:
    """`en` if most small words are English, else `de`."""
    words = [word.casefold() for word in _WORD.findall(text)]
    english = sum(word in _words("english") for word in words)
    german = sum(word in stop_words() for word in words)
    return "en" if english > german and english * 4 >= len(words) else "de"


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in load("questions")["words"][name])


@cache
def _light_stems() -> frozenset[str]:
    return frozenset(stem for name in ("light", "programme") for word in _words(name) for stem in analyse(word))


def words(name: str) -> frozenset[str]:
    """A word list of `app/data/questions.toml`, case folded."""
    return _words(name)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(patterns: Sequence[str], text: str) -> bool:
    return any(_compiled(pattern).search(text) for pattern in patterns)


def _places(text: str) -> tuple[PlaceMention, ...]:
    """Places of a question; someone in a hurry writes them in small letters."""
    found = find_places(text)
    if found or text != text.casefold():
        return tuple(found)
    return tuple(find_places(re.sub(r"\b[a-zäöüß]", lambda m: m.group().upper(), text)))


def _terms(text: str, places: Sequence[PlaceMention]) -> tuple[Term, ...]:
    covered = {i for place in places for i in range(place.start, place.end)}
    dates = {i for mention in find_dates(text) for i in range(mention.start, mention.end)}
    persons = {i for person in find_persons(text) for i in range(person.start, person.end)}
    borrowed = text.rfind(" (") if text.endswith(")?") else len(text)
    terms: dict[str, Term] = {}
    for match in _WORD.finditer(text):
        if match.start() in covered or match.start() in dates:
            continue
        for stem in analyse(match.group())[:1]:
            light = match.group().casefold() in _words("light") or stem in _light_stems() or stem.isdigit()
            name, context = match.start() in persons, match.start() > borrowed >= 0
            noun = match.group()[0].isupper() or text == text.casefold()
            terms.setdefault(stem, Term(match.group(), stem, _matches(stem), light, name, context, noun))
    return tuple(terms.values())


def _matches(stem: str) -> tuple[tuple[str, float], ...]:
    """Stems that stand for `stem`: itself and its synonyms."""
    found = {other: min(0.9, weight * SYNONYM_MATCH) for other, weight in expand([stem]).items() if weight > 0.22}
    found[stem] = 1.0
    return tuple(sorted(found.items()))
