"""Yes or no: found where a sentence decides it by general rules, and only where all that decide agree.

Absence never proves a negation. Where an older text said otherwise, the newest one answers and the older is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.answering.asked_there import answered_there
from app.answering.candidates import Candidate
from app.answering.carried import left_open, says_all
from app.answering.limits import judged_by_deadline, judged_by_limit
from app.answering.matching import match, words_of
from app.answering.matters import is_known, judged_by_matters
from app.answering.polarity import claim_of, decides, is_modal, is_side, opposed, presupposes, rules
from app.answering.presumed import corrected
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.verdict import Correction, Judged, Verdict, settled
from ingest.german.quantities import Quantity

_CLAUSE = re.compile(r"[,;:–]\s")
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+")
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
    terms = [term for term in left_open(question, ()) if not is_modal(term.text)]
    plain = [term for term in terms if not is_side(term.text)]
    if len(terms) < 2 or is_known(question):
        return []
    judged = []
    for sentence in (candidate.sentence for candidate in pool):
        if (
            len(plain) > 1 - (len(plain) < len(terms))
            and says_all(plain, sentence, WORD)
            and _names(question, sentence)
        ):
            says = _decided(question, claim, sentence, whole=says_all(terms, sentence, WORD))
            if says is not None and _names(question, sentence) and not _of_another(claim, sentence.text):
                judged.append(Judged(sentence, says, len(terms), "words"))
    return judged


def _decided(question: Question, claim: str, sentence: Sentence, *, whole: bool) -> bool | None:
    """Opposite words and another figure deny; else the polarity of the sentence decides, if it says the `whole`."""
    told = [quantity.value for quantity in sentence.quantities]
    missing = [quantity for quantity in question.quantities if quantity.value not in told]
    if missing:
        other = len(question.quantities) == 1 and whole and _another_figure(missing[0], sentence)
        return False if other and decides(claim, sentence.text) else None
    kinds = {quantity.kind for quantity in question.quantities}
    if sum(quantity.kind in kinds for quantity in sentence.quantities) > len(question.quantities):
        return None
    if opposed(claim, sentence.text):
        return False
    return decides(claim, sentence.text) if whole else None


def _in_one_clause(terms: Sequence[Term], sentence: Sentence) -> bool:
    """Whether a sentence says all terms, and one clause of it nearly all: two clauses say two things."""
    if not says_all(terms, sentence, WORD):
        return False
    clauses = [words_of(clause) for clause in _CLAUSE.split(sentence.text)]
    return sentence.leans_back or any(all(match(term, clause) >= WORD for term in terms) for clause in clauses)


def _of_another(claim: str, told: str) -> bool:
    """»die Nachbarstadt von X«: what the claim says of X, the sentence says of something that belongs to X."""
    behind = compiled(rules("guard")["belongs"])
    for noun in _NOUN.findall(claim):
        places = [match.start() for match in re.finditer(rf"\b{re.escape(noun)}\b", told)]
        another = bool(places) and all(behind.search(told[:start]) for start in places)
        if another and not behind.search(claim[: claim.index(noun)]):
            return True
    return False


def _another_figure(mine: Quantity, sentence: Sentence) -> bool:
    """Whether a sentence gives one other exact figure of the same kind and unit."""
    same = [q for q in sentence.quantities if q.kind == mine.kind and (q.kind != "count" or q.unit == mine.unit)]
    return len(same) == 1 and same[0].qualifier is None and mine.qualifier is None


def _names(question: Question, sentence: Sentence) -> bool:
    """Whether every place of the question is named, and every year."""
    named = {place.ags for mention in sentence.places for place in mention.candidates}
    whole = all({place.ags for place in mention.candidates} & named for mention in question.places)
    return whole and all(str(year) in sentence.text for year in question.years)
