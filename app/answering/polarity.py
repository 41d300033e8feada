"""What a sentence affirms or denies, as far as its words show it plainly. Vocabulary: `app/data/truth.toml`.

A wrong yes is worse than none: a plan, a condition or a second negation leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from app.answering.question import Question, compiled
from app.data import load

_CLAIM_END = re.compile(r"[.!?:;]\s+|,\s+(?=[a-zäöü]+t\s+(?:das|die|der|es)\b)")
_VERB_AND_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+t\s+[A-ZÄÖÜ][\w-]+\s+[a-zäöü]")
_ENDINGS = ("e", "en", "em", "er", "es")
_NOT_FOLLOWED = re.compile(r"\?\s*$")


@cache
def rules(name: str) -> Any:
    """A table of `truth.toml`."""
    return load("truth")[name]


def found(pattern: str, text: str) -> bool:
    """Whether a pattern of the vocabulary stands in a text."""
    return bool(pattern) and compiled(pattern).search(text) is not None


@lru_cache(maxsize=512)
def claim_of(question: Question) -> str:
    """The part of a question that is to be answered by yes or no (»Wir sind klein. Geht das?«: Geht das?), or ""."""
    asking = rules("asking")
    text = compiled(asking["openers"]).sub("", question.own.strip())
    parts = [part for part in _CLAIM_END.split(text) if part.strip()]
    last = parts[-1] if parts else ""
    if found(asking["asks_else"], last) or found(asking["no_verb"], last) or found(asking["embedded"], last):
        return ""
    named = bool(_VERB_AND_NAME.match(last)) and last.endswith("?")
    verb = named or found(asking["verb_first"], last) or found(asking["follows"], last) or found(asking["claims"], last)
    return last if verb else ""


def presupposes(question: Question) -> bool:
    """Whether a question asks for the reason of something that it takes for granted."""
    return found(rules("asking")["presupposes"], question.own)


def negations(text: str) -> int:
    """How many words deny something; idioms such as »nicht nur« do not."""
    negation = rules("negation")
    return len(compiled(negation["words"]).findall(compiled(negation["idioms"]).sub(" ", text)))


def hedged(text: str) -> bool:
    """Whether a text speaks of plans, conditions or guesses."""
    return found(rules("negation")["hedges"], text)


def narrowed(text: str) -> bool:
    """Whether a text limits what it says (»nur«, »bis zu«)."""
    return found(rules("negation")["narrows"], text)


def decides(claim: str, told: str) -> bool | None:
    """Whether a sentence that says what the claim says, in its words, affirms (True) or denies it (False); None: open.

    A duty is decided by a duty or by its denial, a permission by a permission, a fact by a plain fact.
    """
    if negations(claim) or _NOT_FOLLOWED.search(told):
        return None
    modal = rules("modal")
    tense = rules("tense")
    if found(tense["now"], claim) and found(tense["past"], told):
        return None
    if (found(modal["either"], told) and not found(modal["either"], claim)) or _both_sides(told):
        return None
    if found(modal["must_asked"], claim):
        if found(modal["need_not_told"], told):
            return False if negations(told) <= 1 else None
        return True if found(modal["must_told"], told) and not negations(told) and not _open(claim, told) else None
    if found(modal["may_asked"], claim):
        if found(modal["may_not_told"], told):
            return False if negations(told) <= 1 and not _open(claim, told) else None
        return True if found(modal["may_told"], told) and not negations(told) and not _open(claim, told) else None
    if _open(claim, told) or found(modal["may_told"], told):
        return None
    denied = negations(told)
    return None if denied > 1 or (denied and _clauses(told) > 1) else not denied


def _open(claim: str, told: str) -> bool:
    """Whether a sentence is less certain or narrower than what is claimed."""
    hedge, narrow = rules("negation")["hedges"], rules("negation")["narrows"]
    plain = compiled(rules("negation")["idioms"]).sub(" ", told)
    said = {word.casefold() for word in compiled(hedge).findall(plain) + compiled(narrow).findall(plain)}
    return bool(said - {word.casefold() for word in re.findall(r"\w+", claim)})


def _clauses(text: str) -> int:
    return 1 + len(re.findall(r"[,;:–]| und | aber | sondern ", text))


def opposed(asked: str, told: str) -> bool:
    """Whether a text says the opposite of a word of the question, without saying that word or denying anything."""
    sides, words = _asked_sides(asked)
    if not (sides or words) or negations(asked) or told.rstrip().endswith("?"):
        return False
    if _by_prefix(words, told):
        return not negations(told)
    return any(not found(one, told) and _plainly(other, told) for one, other in sides) and not _both_sides(told)


@lru_cache(maxsize=512)
def _asked_sides(asked: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The pairs of opposites of which a question says one side, and its words that a prefix may turn round."""
    pairs = (pair for rule in rules("opposite") for pair in (rule["sides"], rule["sides"][::-1]))
    sides = tuple((one, other) for one, other in pairs if found(one, asked) and not found(other, asked))
    return sides, tuple({word.casefold() for word in re.findall(r"\b[a-zäöüß]{5,}\b", asked)})


def _both_sides(told: str) -> bool:
    """Whether a sentence says both of two opposites, each of something else."""
    return any(all(found(side, told) for side in rule["sides"]) for rule in rules("opposite"))


def is_side(word: str) -> bool:
    """Whether a word is one of a pair that exclude each other."""
    return any(found(side, word) for rule in rules("opposite") for side in rule["sides"])


def _by_prefix(words: Sequence[str], told: str) -> bool:
    """»befristet« and »unbefristet«: one is asked, only the other is told."""
    prefixes = rules("modal")["prefixes"]
    said = {word.casefold() for word in re.findall(r"[^\W\d_]+", told)}
    bases = {form for word in said for form in (word, *(word[: -len(e)] for e in _ENDINGS if word.endswith(e)))}
    for word in words:
        bare = next((word[len(p) :] for p in prefixes if word.startswith(p) and len(word) > len(p) + 3), "")
        if word not in bases and ((bare and bare in bases) or any(f"{prefix}{word}" in bases for prefix in prefixes)):
            return True
    return False


def is_modal(word: str) -> bool:
    """Whether a word of a question only says that something must or may be."""
    return found(rules("modal")["must_asked"], word) or found(rules("modal")["may_asked"], word)


def _plainly(pattern: str, text: str) -> bool:
    """Whether a clause says it, and denies nothing."""
    return any(found(pattern, clause) and not negations(clause) for clause in re.split(r"[;:,.–]", text)) or (
        found(pattern, text) and not negations(text)
    )
