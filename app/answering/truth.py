"""Yes or no: found where a sentence decides it by general rules, and only where all that decide agree.

Absence never proves a negation. Where an older text said otherwise, the newest one answers and the older is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.answering.candidates import Candidate
from app.answering.asked_there import answered_there
from app.answering.carried import left_open, says_all
from app.answering.limits import judged_by_deadline, judged_by_limit
from app.answering.matters import judged_by_matters
from app.answering.polarity import claim_of, decides, opposed, presupposes
from app.answering.presumed import corrected
from app.answering.question import Question
from app.answering.verdict import Correction, Judged, Verdict, settled

WORD = 0.6  # how well each word must be said by a sentence that decides by its own words


def judge(question: Question, pool: Sequence[Candidate], today: date) -> Verdict | Correction | None:
    """The verdict on a yes/no question; what refutes the premise of another; None where nothing decides."""
    claim = "" if presupposes(question) else claim_of(question)
    if not claim:
        return corrected(question, pool)
    judged = judged_by_deadline(question, pool, today) or judged_by_limit(question, pool)
    judged = judged or list(answered_there(question, claim, pool))
    judged = judged or judged_by_matters(question, question.own, pool) or _by_words(question, claim, pool)
    return settled(question, judged)


def _by_words(question: Question, claim: str, pool: Sequence[Candidate]) -> list[Judged]:
    """What sentences say that hold every word, place and number of the question themselves."""
    terms = left_open(question, ())
    if len(terms) < 2:
        return []
    judged = []
    for sentence in (candidate.sentence for candidate in pool):
        if not says_all(terms, sentence, WORD) or not _holds_names(question, sentence.places, sentence.text):
            continue
        numbers = _numbers(question, sentence.text, [q.value for q in sentence.quantities])
        says = decides(claim, sentence.text) if numbers else None
        if says is None and numbers and opposed(claim, sentence.text):
            says = False
        if says is not None:
            judged.append(Judged(sentence, says, len(terms), "words"))
    return judged


def _holds_names(question: Question, places: Sequence[object], text: str) -> bool:
    """Whether every place of the question is named; years must be named, too."""
    named = {p.ags for mention in places for p in getattr(mention, "candidates", ())}
    whole = all({p.ags for p in mention.candidates} & named for mention in question.places)
    return whole and all(str(year) in text for year in question.years)


def _numbers(question: Question, text: str, told: Sequence[float]) -> bool:
    return all(quantity.value in told for quantity in question.quantities)
