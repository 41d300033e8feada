"""What a question asks for: kind of answer, content words, places, period, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from app.answering.kinds import Kind, kind_of
from app.answering.remembered import once
from app.data import load
from index.lexical import analyse
from index.synonyms import expand
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import PersonMention, find_persons
from ingest.german.places import PlaceMention, find_places
from ingest.german.quantities import Quantity, find_quantities

HYPHEN_PART = 0.7
SHORTEST_PART = 5  # a shorter stem is no part of a compound
SHARED_START = 6  # compounds that share their beginning share this much of it
SYNONYM_MATCH = 1.7  # a synonym's search weight (at most 0.5) times this is what it counts as a match
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PART = re.compile(
    r"(?:,|\?|;)?\s+(?:und|sowie|and)\s+(?=(?:seit |bis |ab |an |zu |mit |von |für |in )?"
    r"(?:wer|wem|wen|wann|wo|wofür|wozu|was|wie|warum|welche[rsnm]?|who|when|where|what|how|why|which)\b)"
    r"|\?\s+(?=\S)",
    re.IGNORECASE,
)
_ASCII_UMLAUTS = (
    (re.compile(r"(?<![aeqAEQ])ue(?!ll|l\b|nt)"), "ü"),
    (re.compile(r"\bUe"), "Ü"),
    (re.compile(r"ae(?!l\b|ls\b|\b|ro)"), "ä"),
    (re.compile(r"\bAe"), "Ä"),
    (re.compile(r"oe(?!x|t\b|\b|tr)"), "ö"),
    (re.compile(r"\bOe(?!l)"), "Ö"),
)


@dataclass(frozen=True)
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
    programme: bool = False

    @once
    def reach(self) -> frozenset[str]:
        """What a text must share with the term to carry it: one of its stems, or an edge of the word itself."""
        return frozenset((*(stem for stem, _ in self.matches), *self.edges))

    @property
    def edges(self) -> tuple[str, str]:
        """Beginning and end of the stem, of which compounds share one."""
        return self.stem[:SHARED_START], self.stem[-SHORTEST_PART:]


@dataclass(frozen=True)
class Question:
    """One understood question. What is worked out of it more than once is kept."""

    text: str
    own: str  # without the words in brackets that a follow-up took over
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

    def __hash__(self) -> int:
        """By its text: questions are keys of caches, and their terms are many."""
        return hash(self.text)

    @once
    def wanted_places(self) -> frozenset[str]:
        """Keys of the places that the question names."""
        return frozenset(place.ags for mention in self.places for place in mention.candidates)

    @once
    def years(self) -> frozenset[int]:
        """Years that the question names."""
        return frozenset(d.year for d in self.dates if d.year is not None)

    @once
    def focus(self) -> tuple[Term, ...]:
        """Terms that the answer must be about: neither light nor taken over, unless there are no others."""
        own = tuple(t for t in self.terms if not t.light and not t.context)
        return own or tuple(t for t in self.terms if t.context or t.programme)


@lru_cache(maxsize=512)
def understand(text: str, language: str | None = None) -> Question:
    """Read one question (a single one; see `split_parts`)."""
    typed = " ".join(text.split())
    language = language or detect_language(typed)
    clean = typed if language == "en" else restore_umlauts(typed)
    clean = _without_lead_in(clean)
    own, _, borrowed = clean.rpartition(" (") if clean.endswith(")?") else (clean, "", "")
    lowered = own.casefold()
    places = _places(clean)
    witnesses = _any(load("questions")["signing"]["witness"], lowered)
    return Question(
        text=clean,
        own=own,
        kind=kind_of(_asked(own, borrowed)),
        language=language,
        terms=_terms(clean, places),
        places=places,
        dates=tuple(find_dates(clean)),
        quantities=tuple(q for q in find_quantities(clean) if q.kind != "count" or q.unit),
        signing=_any(load("questions")["signing"]["question"], clean.casefold()) and not witnesses,
        witnesses=witnesses,
        private=_any(load("questions")["private"]["patterns"], lowered),
        override=_any(load("questions")["overrides"]["patterns"], lowered),
    )


def _asked(own: str, borrowed: str) -> str:
    """What says the kind: the question's own words, behind those that a follow-up borrowed where it asks nothing."""
    if not borrowed:
        return own
    return f"{own}?" if asks(own) or not asks(borrowed) else f"{borrowed.rstrip(')?')} {own}?"


def asks(text: str) -> str:
    """The question word of a text with what belongs to it (»seit wann«, »wie viele«), or nothing."""
    found = compiled(load("questions")["words"]["asking"]).search(text)
    return found.group() if found else ""


def _without_lead_in(text: str) -> str:
    """The question behind »Guten Tag, …« and »Für die Pressestelle: …«, which say nothing of what is asked."""
    rest = compiled(load("questions")["lead_in"]["pattern"]).sub("", text, count=1)
    return rest if analyse(rest) else text


def restore_umlauts(text: str) -> str:
    """Umlauts that were typed as ae, oe, ue; words with real ones show that the keyboard has them."""
    if re.search("[äöüßÄÖÜ]", text):
        return text
    for pattern, umlaut in _ASCII_UMLAUTS:
        text = pattern.sub(umlaut, text)
    return text


def split_parts(text: str) -> list[str]:
    """Questions in one: "Wann trat A bei und wer unterschrieb?" → two parts, at most three."""
    parts = [part.strip(" ?,.;") for part in _PART.split(text.strip())]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(analyse(part)) == 0 and len(part.split()) > 3 for part in parts):
        return [text.strip()]
    return [f"{part}?" for part in parts[:3]]


def detect_language(text: str) -> str:
    """`en` if more small words are English than German, else `de`."""
    words = [word.casefold() for word in _WORD.findall(text)]
    english = sum(word in _words("english") for word in words)
    german = sum(word in _words("german") for word in words)
    return "en" if english > german else "de"


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in load("questions")["words"][name])


@cache
def _stems_of(name: str) -> frozenset[str]:
    return frozenset(stem for word in _words(name) for stem in analyse(word))


def words(name: str) -> frozenset[str]:
    """A word list of `app/data/questions.toml`, case folded."""
    return _words(name)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of the word lists, case ignored."""
    return re.compile(pattern, re.IGNORECASE)


def _any(patterns: Sequence[str], text: str) -> bool:
    return any(compiled(pattern).search(text) for pattern in patterns)


def _places(text: str) -> tuple[PlaceMention, ...]:
    """Places of a question; someone in a hurry writes them in small letters."""
    found = find_places(text)
    if found or text != text.casefold():
        return tuple(found)
    return tuple(find_places(re.sub(r"\b[a-zäöüß]", lambda m: m.group().upper(), text)))


def _terms(text: str, places: Sequence[PlaceMention]) -> tuple[Term, ...]:
    named = _covered(places) | _covered(find_dates(text))
    persons = _covered(find_persons(text))
    borrowed = text.rfind(" (") if text.endswith(")?") else len(text)
    terms: dict[str, Term] = {}
    for match in _WORD.finditer(text):
        stems = analyse(match.group())
        if match.start() in named or not stems:
            continue
        word, stem = match.group(), stems[0]
        programme = stem in _stems_of("programme")
        generic = bool(places) and word.casefold() in _words("place_nouns")
        light = generic or word.casefold() in _words("light") or stem in _stems_of("light") or stem.isdigit()
        term = Term(
            word, stem, _matches(stems), light or programme, match.start() in persons,
            match.start() > borrowed >= 0, word[0].isupper() or text == text.casefold(), programme and not light,
        )  # fmt: skip
        terms.setdefault(stem, term)
    for word in meant(text[:borrowed]):
        stems = analyse(word)
        if not any(weight and other == stems[0] for term in terms.values() for other, weight in term.matches):
            terms.setdefault(stems[0], Term(word, stems[0], _matches(stems)))
    return tuple(_with_phrases(list(terms.values())))


def _covered(mentions: Iterable[PlaceMention | DateMention | PersonMention]) -> set[int]:
    return {i for mention in mentions for i in range(mention.start, mention.end)}


def meant(text: str) -> list[str]:
    """Words that a turn of phrase stands for (»tritt … bei«: beitreten)."""
    lowered = text.casefold()
    if not _turns_of_phrase().search(lowered):  # asked of every sentence, and few have one
        return []
    return [rule["adds"] for rule in load("questions")["phrase"] if _any([rule["pattern"]], lowered)]


@cache
def _turns_of_phrase() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in load("questions")["phrase"]), re.IGNORECASE)


def _matches(stems: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Stems that stand for a word: itself, its synonyms, the parts of a hyphenated word."""
    found = dict.fromkeys(stems[1:], HYPHEN_PART)
    found |= {other: min(0.9, weight * SYNONYM_MATCH) for other, weight in expand(stems[:1]).items() if weight > 0.22}
    found[stems[0]] = 1.0
    return tuple(sorted(found.items()))


def _with_phrases(terms: list[Term]) -> list[Term]:
    """Add to each term what only several words together stand for (»junge Leute«: Jugendliche)."""
    everything = [term.stem for term in terms]
    whole = expand(everything)
    out: list[Term] = []
    for term in terms:
        without = expand([stem for stem in everything if stem != term.stem])
        known = dict(term.matches)
        more = {
            stem: min(0.9, w * SYNONYM_MATCH) for stem, w in whole.items() if w > without.get(stem, 0.0) and w > 0.22
        }
        out.append(replace(term, matches=tuple(sorted({**more, **known}.items()))))
    return out
