"""Yes or no: found where a sentence decides it by general rules, and only where all that decide agree.

Absence never proves a negation. Where an older text said otherwise, the newest one answers and the older is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.answering import values
from app.answering.candidates import Candidate
from app.answering.carried import around, in_sentence, left_open, says_all
from app.answering.limits import judged_by_deadline, judged_by_limit
from app.answering.asked_there import answered_there
from app.answering.matters import judged_by_matters
from app.answering.polarity import claim_of, decides, found, opposed, presupposes, rules
from app.answering.question import Question
from app.answering.verdict import Correction, Judged, Verdict

MOST = 3  # sentences shown
WORD = 0.6  # how well each word must be said by a sentence that decides by its own words


def judge(question: Question, pool: Sequence[Candidate], today: date) -> Verdict | Correction | None:
    """The verdict on a question; for »warum …« what refutes its premise; None where nothing decides."""
    if presupposes(question):
        return _refuted(question, pool)
    claim = claim_of(question)
    if not claim:
        return None
    judged = judged_by_deadline(question, pool, today) or judged_by_limit(question, pool)
    judged = judged or list(answered_there(question, claim, pool))
    judged = judged or judged_by_matters(question, question.own, pool) or _by_words(question, claim, pool)
    return settled(question, judged)


def settled(question: Question, judged: Sequence[Judged]) -> Verdict | None:
    """The verdict of all that decide: where they disagree the newest text, else none."""
    if not judged:
        return None
    most = max(one.words for one in judged)
    best = [one for one in judged if one.words == most]
    if len({one.yes for one in best}) == 1:
        best.sort(key=_day, reverse=True)
        return Verdict(question, best[0], _once(best[1:]))
    days = [_day(one) for one in best]
    newest = [one for one in best if _day(one) == max(days)]
    if not all(days) or len({one.yes for one in newest}) != 1:
        return None
    agreeing = [one for one in best if one.yes == newest[0].yes and one not in newest]
    if any(_day(one) > _day(other) for one in best if one.yes != newest[0].yes for other in agreeing):
        agreeing = []
    older = [one for one in best if one.yes != newest[0].yes]
    return Verdict(question, newest[0], _once([*newest[1:], *agreeing]), tuple(older[:1]))


def _once(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Each wording once, and few of them."""
    wordings = {" ".join(sorted(one.sentence.stems)): one for one in reversed(judged)}
    return tuple(one for one in judged if one in wordings.values())[: MOST - 1]


def _day(one: Judged) -> str:
    return values.as_of(one.sentence) or ""


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


def _refuted(question: Question, pool: Sequence[Candidate]) -> Correction | None:
    """A sentence that denies what »warum …« takes for granted: by a matter, or by a word of the opposite sense."""
    if found(rules("negation")["words"], question.own):
        return None
    verdict = settled(question, judged_by_matters(question, question.own, pool))
    if verdict is not None and not verdict.main.yes:
        return Correction(verdict.main.sentence.text, [verdict.main.sentence])
    terms = [t for t in left_open(question, (rules("premise")["reports"],)) if not _is_side(t.text)]
    for sentence in (candidate.sentence for candidate in pool):
        if terms and opposed(question.own, sentence.text) and all(around(t, sentence) >= WORD for t in terms):
            if sum(in_sentence(t, sentence) >= WORD for t in terms) * 2 >= len(terms):
                return Correction(sentence.text, [sentence])
    return None


def _is_side(word: str) -> bool:
    return any(found(side, word) for rule in rules("opposite") for side in rule["sides"])
