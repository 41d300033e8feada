"""Matters that are often asked with a yes or no, and how sentences decide them. Rules: `app/data/truth.toml`.

Question and source rarely share words here (»schon anfangen«, »begonnene Vorhaben sind ausgeschlossen«). A matter knows
wordings of both; all other words of the question must be carried by the sentence or what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.answering.candidates import Candidate
from app.answering.carried import CARRIED, carries, left_open, said
from app.answering.matching import match, words_of
from app.answering.polarity import found, negations, rules
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.verdict import Judged

CLAUSE = re.compile(r"[,;:–]\s")
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+")
_GROUP = re.compile(r"\b[Ff]ür (?:[a-zäöü]+[enr] )?([A-ZÄÖÜ]\w+(?:[nesr]|innen))\b")


def judged_by_matters(question: Question, claim: str, pool: Sequence[Candidate]) -> list[Judged]:
    """What sentences say to a question that asks for a known matter."""
    found_: list[Judged] = []
    for matter in rules("matter"):
        if all(found(pattern, claim) for pattern in matter["question"]) and not found(matter.get("unless", ""), claim):
            found_ += _told(question, claim, matter, pool)
    return found_ or list(_eligible(question, claim, pool))


def is_known(question: Question) -> bool:
    """Whether the question asks for a matter: then the words alone, without its rules, decide nothing."""
    return bool(wordings(question))


def wordings(question: Question) -> str:
    """Words by which documents speak of the matters that the question asks for, to search by; "" where it does not."""
    own, rule = question.own, rules("eligible")
    words = [m["search"] for m in rules("matter") if all(found(pattern, own) for pattern in m["question"])]
    if found(rule["question"], own) and any(found(thing["asked"], own) for thing in rule["thing"]):
        words.append(rule["search"])
    return " ".join(words)


def _told(question: Question, claim: str, matter: Mapping[str, Any], pool: Sequence[Candidate]) -> Iterable[Judged]:
    patterns = (*matter["question"], matter.get("explains", ""))
    terms = left_open(question, filter(None, patterns), context=bool(matter.get("context")))
    turned = found(matter.get("turned", ""), claim)
    for sentence in (candidate.sentence for candidate in pool):
        says = _says(matter, sentence)
        fits = says is not None and carries(terms, sentence) and not restricted(question, sentence.text)
        another = not matter.get("about") and of_another(claim, sentence.text)
        if fits and not another and _beside(matter, terms, sentence):
            yield Judged(sentence, bool(says) is not turned, said(terms, sentence), matter["name"])


def _beside(matter: Mapping[str, Any], terms: Sequence[Term], sentence: Sentence) -> bool:
    """Whether the clause that decides is the one that says the words of the question, where the matter demands it."""
    own = [term for term in terms if match(term, sentence.words) >= CARRIED]
    if not matter.get("clause") or not own:
        return True
    clauses = [c for c in CLAUSE.split(sentence.text) if found(matter["yes"], c) or found(matter["no"], c)]
    return not clauses or any(match(term, words_of(clause)) >= CARRIED for clause in clauses for term in own)


def _says(matter: Mapping[str, Any], sentence: Sentence) -> bool | None:
    text, guard = sentence.text, rules("guard")
    yes, no = (_stands(matter[name], text) for name in ("yes", "no"))
    around = f"{sentence.heading} {sentence.previous} {text} {sentence.document.title}"
    if yes and no and negations(text) == 1:
        yes = False  # »kann nicht durch … erbracht werden«
    if yes == no or text.rstrip().endswith("?") or found(guard["loose"], text):
        return None
    if not found(matter.get("needed", "."), text) or not found(matter.get("topic", "."), around):
        return None
    if found(guard["partly"], text) and not matter.get("partly"):
        return None
    if found(matter.get("other", ""), text) or (yes and found(matter.get("neither", ""), text)):
        return None
    return None if yes and negations(text) else yes


def of_another(claim: str, told: str) -> bool:
    """»die Nachbarstadt von X«: what the claim says of X, the sentence says of something that belongs to X."""
    behind = compiled(rules("guard")["belongs"])
    for noun in _NOUN.findall(claim):
        places = [match.start() for match in re.finditer(rf"\b{re.escape(noun)}\b", told)]
        another = bool(places) and all(behind.search(told[:start]) for start in places)
        if another and not behind.search(claim[: claim.index(noun)]):
            return True
    return False


def _stands(pattern: str, text: str) -> bool:
    """Whether a pattern is found and no word before it turns it round (»nicht kostenfrei«)."""
    behind = compiled(rules("guard")["reversed"])
    return any(not behind.search(text[: match.start()]) for match in compiled(pattern).finditer(text))


def restricted(question: Question, text: str) -> bool:
    """»für Mitglieder kostenfrei«: a sentence that speaks of some of whom the question says nothing."""
    own = words_of(question.own).reach
    groups = [noun for noun in _GROUP.findall(text) if not found(rules("guard")["everyone"], noun)]
    return any(own.isdisjoint(words_of(noun).reach) for noun in groups)


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
        no = _stands(rule["no"], text)
        yes = _stands(rule["yes"], text) and not negations(text) and not no
        loose = not no and (found(rules("guard")["loose"], text) or found(rule["loose"], text))
        if (named or (classed and no)) and no != yes and not loose and carries(terms, sentence):
            yield Judged(sentence, yes, said(terms, sentence) + 2 * named, "eligible")
