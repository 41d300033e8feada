"""What speaks for a sentence as the answer of a question, as numbers; `app/data/scoring.toml` weighs them.

All features lie roughly between 0 and 1, so that their weights can be compared. New ones need new weights:
`python -m eval.tuning`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.answering.candidates import Candidate
from app.answering.fit import asks_for_places, counts_asked, cue, fits, has_asked_measure
from app.answering.matching import match, words_of
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.subjects import about_another_place
from app.data import load
from ingest.types import Document

VALUE_KINDS = frozenset(("amount", "share", "date", "figure"))
TEXT_KINDS = frozenset(
    ("yesno", "open", "howto", "definition", "reason", "list", "purpose", "comparison", "development")
)
LONG = math.log(400)  # of a long sentence

NAMES = (
    "coverage", "direct", "exact", "before", "headed", "around", "retrieval", "value_coverage", "value_direct",
    "missing", "missing_nouns", "nouns", "fits", "cue", "lacks_cue", "period", "foreign", "elsewhere", "newer",
    "length", "listed", "announces", "announces_text", "row", "leans", "asks", "measure", "named_person", "places",
    "enumerates", "day", "programme", "release", "defines", "explains",
    "entry", "begins", "located", "titled", "dense", "beside_the_point", "counted", "newer_covered",
    "replaced", "capitals",
)  # fmt: skip

# »Frau Sauerland«, »Gernot Lübbecke«: in German two words in a row with capitals are most often a name.
_CAPITALS = re.compile(
    r"\b(?:Frau|Herrn?|Dr\.|Prof\.)\s+[A-ZÄÖÜ]|(?<=[a-zäöüß,;:] )[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ][a-zäöüß]+"
)

Features = tuple[float, ...]
SAME_TITLE = 0.6  # of the words of two titles
SAME = 0.75  # from this on a word counts as the asked one


@dataclass(frozen=True, slots=True)
class Pool:
    """What all candidates of a question share: documents of the programme itself, their order in time (0 to 1), and the
    rules among them that newer ones of the same title have replaced."""

    own: frozenset[str]
    newness: Mapping[str, float]
    replaced: frozenset[str]


def pool_of(pool: Sequence[Candidate], own: frozenset[str]) -> Pool:
    """What candidates have in common."""
    documents = {candidate.sentence.document.id: candidate.sentence.document for candidate in pool}
    days = {id: document.published.date or "" for id, document in documents.items()}
    order = sorted(set(days.values()))
    newness = {id: order.index(day) / max(1, len(order) - 1) for id, day in days.items()}
    rules = [document for document in documents.values() if document.kind == "programme"]
    replaced = frozenset(old.id for old in rules if any(_replaces(new, old) for new in rules))
    return Pool(own, newness, replaced)


def _replaces(new: Document, old: Document) -> bool:
    """Whether a later guideline or fact sheet bears the title of an earlier one, dates and numbers aside."""
    if (new.published.date or "") <= (old.published.date or ""):
        return False
    titles = [frozenset(s for s in words_of(document.title).stems if not s.isdigit()) for document in (new, old)]
    return len(titles[0] & titles[1]) >= SAME_TITLE * max(1, len(titles[0] | titles[1]))


def features(question: Question, candidate: Candidate, pool: Pool, *, binds: bool, period: float) -> Features:
    """The features of one candidate in the order of `NAMES`.

    `binds` says whether an asked office is that of the asked place, `period` how surely the sentence speaks of an asked
    period (-1 to 1).
    """
    sentence, kind = candidate.sentence, question.kind
    document, text = sentence.document, sentence.text
    said = cue(question, sentence)
    terms = [term for term in question.terms if not term.light and not term.context]
    nouns = [term for term in terms if term.noun]
    gone = frozenset(term.stem for term in candidate.missing if not term.context)
    value, textual = kind in VALUE_KINDS, kind in TEXT_KINDS
    announces = text.endswith(":")
    return (
        candidate.coverage, candidate.direct, candidate.exact, candidate.before, candidate.headed, candidate.around,
        candidate.retrieval, candidate.coverage * value, candidate.direct * value,
        len(gone) / max(1, len(terms)), sum(t.stem in gone for t in nouns) / max(1, len(nouns)),
        min(1.0, len(nouns) / 5),
        float(binds and fits(question, sentence)), max(said, 0.0), float(said < 0), period,
        float(is_foreign(document, pool.own)), float(about_another_place(question, document)),
        pool.newness[document.id],
        math.log1p(len(text)) / LONG,
        float(sentence.listed), float(announces), float(announces and textual), float(bool(sentence.row.cells)),
        float(sentence.leans_back), float("?" in text), float(has_asked_measure(question, sentence)),
        float(kind == "person" and bool(sentence.persons)),
        min(len(sentence.places), 5) / 5 if kind == "list" and asks_for_places(question) else 0.0,
        min(text.count(","), 5) / 5 if kind == "list" else 0.0,
        float(kind == "date" and any(mention.is_day for mention in sentence.dates)),
        float(document.kind == "programme"), float(document.kind == "release"),
        max(said, 0.0) if kind == "definition" else 0.0, max(said, 0.0) if kind in ("reason", "howto") else 0.0,
        float(kind == "definition" and is_entry(terms, text)), float(_begins(terms, text)),
        float(kind == "place" and sentence.says(load("questions")["values"]["location"])),
        float(_is_title(sentence)), candidate.dense, float(_beside_the_point(question, candidate)),
        float(counts_asked(question, sentence)), pool.newness[document.id] * candidate.coverage,
        float(document.id in pool.replaced),
        float(kind == "person" and bool(_CAPITALS.search(text))),
    )  # fmt: skip


def is_entry(terms: Sequence[Term], text: str) -> bool:
    """»Lotsin – Ansprechperson …«, »Lotsin ist eine …«: the text begins with an asked word and says what it is."""
    head = compiled(load("questions")["values"]["entry"]).match(text)
    return head is not None and any(match(term, words_of(head.group(1))) >= SAME for term in terms)


def _begins(terms: Sequence[Term], text: str) -> bool:
    """Whether an asked noun stands at the beginning, where a sentence says what it is about."""
    start = words_of(" ".join(text.split()[:4]))
    return any(term.noun and match(term, start) >= SAME for term in terms)


def _is_title(sentence: Sentence) -> bool:
    """A title or heading announces; it does not answer."""
    flat = " ".join(sentence.text.split())
    return flat in (sentence.heading, sentence.document.title)


def is_foreign(document: Document, own: frozenset[str]) -> bool:
    """A guideline that never names the programme, where others do, answers only what the question names itself."""
    return document.kind == "programme" and bool(own) and document.id not in own


def _beside_the_point(question: Question, candidate: Candidate) -> bool:
    """Whether nothing in or around a sentence says a word that makes up half of what is asked."""
    focus = [term for term in question.focus if not term.light and not term.name]
    stems = {term.stem for term in focus}
    gone = sum(_importance(term) for term in candidate.missing if term.stem in stems)
    return bool(focus) and gone * 2 >= sum(_importance(term) for term in focus)


def _importance(term: Term) -> float:
    """A missing noun weighs twice as much as a missing verb or adjective."""
    return 1.0 if term.noun else 0.5
