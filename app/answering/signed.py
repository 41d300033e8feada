"""Whoever was only present did not sign: a question that takes a signature for granted is corrected."""

from __future__ import annotations

from collections.abc import Sequence

from app.answering import values
from app.answering.polarity import found, rules
from app.answering.question import Question
from app.answering.sentences import Sentence
from app.answering.verdict import Correction


def signed_by_others(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    """Who signed in the document in which the person asked about is said to have been present only."""
    if not question.signing:
        return None
    for witness in sentences:
        name = next(
            (p.name for p in witness.persons if _asked(question, p.name) and _only_present(witness, p.name)), ""
        )
        if not name:
            continue
        own = [
            s for s in sentences if s.document.id == witness.document.id and found(rules("signing")["signed"], s.text)
        ]
        signing = [s for s in own if values.signers(s)]
        signers = [person for s in signing for person in values.signers(s)]
        if signers and not any(person.name.split()[-1] == name.split()[-1] for person in signers):
            value = "; ".join(values.person_label(person) for person in signers)
            return Correction(value, list(dict.fromkeys([*signing, witness])))
    return None


def _asked(question: Question, name: str) -> bool:
    return name.split()[-1] in question.text.split() or f"{name.split()[-1]}," in question.text


def _only_present(sentence: Sentence, name: str) -> bool:
    rule = rules("signing")
    if any(person.name == name for person in values.witnesses(sentence)):
        return True
    return found(rule["present"], sentence.text) and not found(rule["signed"], sentence.text)
