"""Matters that are often asked with a yes or no, and how sentences decide them. Rules: `app/data/truth.toml`.

Question and source rarely share words here (»schon anfangen«, »begonnene Vorhaben sind ausgeschlossen«). A matter knows
wordings of both; all other words of the question must be carried by the sentence or what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.answering.candidates import Candidate
from app.answering.carried import carries, left_open, said
from app.answering.polarity import found, negations, rules
from app.answering.question import Question, Term
from app.answering.sentences import Sentence
from app.answering.verdict import Judged


def judged_by_matters(question: Question, claim: str, pool: Sequence[Candidate]) -> list[Judged]:
    """What sentences say to a question that asks for a known matter."""
    found_: list[Judged] = []
    for matter in rules("matter"):
        if all(found(pattern, claim) for pattern in matter["question"]) and not found(matter.get("unless", ""), claim):
            found_ += _told(question, claim, matter, pool)
    return found_ or list(_eligible(question, claim, pool))


def _told(question: Question, claim: str, matter: Mapping[str, Any], pool: Sequence[Candidate]) -> Iterable[Judged]:
    patterns = (*matter["question"], matter.get("explains", ""))
    terms = left_open(question, filter(None, patterns), context=bool(matter.get("context")))
    turned = found(matter.get("turned", ""), claim)
    for sentence in (candidate.sentence for candidate in pool):
        says = _says(matter, sentence)
        if says is not None and carries(terms, sentence):
            yield Judged(sentence, says is not turned, said(terms, sentence), matter["name"])


def _says(matter: Mapping[str, Any], sentence: Sentence) -> bool | None:
    text = sentence.text
    yes, no = found(matter["yes"], text), found(matter["no"], text)
    if yes == no and not (no and negations(text) == 1):
        return None
    if text.rstrip().endswith("?") or not found(matter.get("needed", "."), text):
        return None
    if not found(matter.get("topic", "."), f"{sentence.heading} {sentence.previous} {text} {sentence.document.title}"):
        return None
    if found(matter.get("neither", ""), text) and not no:
        return None
    if no:
        return False
    return None if negations(text) else True


def _eligible(question: Question, claim: str, pool: Sequence[Candidate]) -> Iterable[Judged]:
    """Whether something is paid for: by its own name, or by the class of spending that it belongs to."""
    rule = rules("eligible")
    if not found(rule["question"], claim):
        return
    for thing in rule["thing"]:
        if found(thing["asked"], question.own):
            terms = left_open(question, (rule["explains"], thing["asked"]))
            yield from _paid(rule, thing, terms, pool)


def _paid(
    rule: Mapping[str, Any], thing: Mapping[str, Any], terms: Sequence[Term], pool: Sequence[Candidate]
) -> Iterable[Judged]:
    for sentence in (candidate.sentence for candidate in pool):
        text = sentence.text
        named, classed = found(thing["told"], text), found(thing.get("class", ""), text)
        no = found(rule["no"], text)
        yes = found(rule["yes"], text) and not negations(text) and not no
        if (named or (classed and no)) and no != yes and carries(terms, sentence):
            yield Judged(sentence, yes, said(terms, sentence) + 2 * named, "eligible")
