"""Words of a question that the collection does not know: compounds are taken apart, typing errors forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Protocol

from app.answering.question import Question, Term
from app.data import load

SHORTEST_PART = 4
SHORTEST_WORD = 5
LONG_PART = 6
PART_MATCH = 0.7  # what one half of a compound counts as a match for the whole
TYPO_MATCH = 0.9
SIMILAR = 0.8  # ratio of Ratcliff and Obershelp (difflib) from which a known word is what was meant


class Vocabulary(Protocol):
    """What is known of the words of a collection."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]: ...

    def similar_terms(self, stem: str) -> list[str]: ...


def interpret(question: Question, vocabulary: Vocabulary) -> Question:
    """`question` with matches for its unknown words; the very same one where all are known."""
    known = vocabulary.frequencies({stem for term in question.terms for stem, _ in term.matches})
    terms = tuple(
        term
        if term.light or any(known[stem] for stem, _ in term.matches)
        else _interpreted(term, vocabulary, question.own)
        for term in question.terms
    )
    return question if terms == question.terms else replace(question, terms=terms)


def _interpreted(term: Term, vocabulary: Vocabulary, text: str) -> Term:
    """The term with the halves of its compound, or with the known word it most resembles; else it may be a name."""
    if not term.stem.isalpha() or len(term.stem) < SHORTEST_WORD:
        return term
    meant = _meant(term.stem, vocabulary.similar_terms(term.stem))
    if meant:
        return replace(term, matches=(*term.matches, (meant, TYPO_MATCH)))
    parts = _parts(term.stem, vocabulary)
    if not parts and _is_named(term, text):
        return replace(term, name=True)
    return replace(term, matches=(*term.matches, *((part, PART_MATCH) for part in parts)))


def _is_named(term: Term, text: str) -> bool:
    """»hat Musterfurt«, »in Musterfurt«: a word without article that no dictionary of German knows is a name."""
    if not re.search(rf"\b{load('questions')['values']['before_names']}\s+{re.escape(term.text)}\b", text):
        return False
    from ingest.german.lexicon import is_word  # about a second when first asked, and few questions ask

    return not is_word(term.text) and not is_word(term.text.removesuffix("s"))


def _meant(stem: str, similar: Iterable[str]) -> str:
    scored = [(_likeness(stem, other), other) for other in similar if other.isalpha()]
    ratio, best = max(scored, default=(0.0, ""))
    return best if ratio >= SIMILAR else ""


def _likeness(stem: str, other: str) -> float:
    """The ratio of two stems, 0 where its upper bound says that it is too small: exact ratios take long."""
    pair = SequenceMatcher(None, stem, other)
    return pair.ratio() if pair.quick_ratio() >= SIMILAR else 0.0


def _parts(stem: str, vocabulary: Vocabulary) -> list[str]:
    """The two known halves of a compound ("Beitrittsdatum" → Beitritt, Datum), or its known beginning, or nothing."""
    cuts = range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1)
    forms = {form for cut in cuts for form in (*_left_forms(stem[:cut]), stem[cut:])}
    known = {form for form, count in vocabulary.frequencies(forms).items() if count}
    beginnings: list[str] = []
    for cut in cuts:
        left = next((form for form in _left_forms(stem[:cut]) if form in known), "")
        if left and stem[cut:] in known:
            return [left, stem[cut:]]
        if len(left) >= LONG_PART:
            beginnings.append(left)
    return beginnings[-1:]


def _left_forms(part: str) -> tuple[str, ...]:
    """The first half without the joint of a compound: Beitritt-s, Stelle-n, Förder(n)."""
    forms = [part]
    for joint in ("s", "n", "en", "es", "e"):
        if part.endswith(joint) and len(part) - len(joint) >= SHORTEST_PART:
            forms.append(part[: -len(joint)])
    return tuple(forms)
