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
from app.answering.matters import CLAUSE, is_known, judged_by_matters, of_another
from app.answering.polarity import claim_of, decides, found, is_modal, is_side, opposed, presupposes, rules
from app.answering.presumed import corrected
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.verdict import Correction, Judged, Verdict, settled
from ingest.german.dates import find_dates
from ingest.german.quantities import Quantity, find_quantities

_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]+")
_PREPOSITION = re.compile(r"\b(?:zu[mr]?|i[nm]|a[nm]|auf|vo[nm]|beim?|mit|für|aus|nach|of|to|in|at)\s+(?:\w+\s+)?$")
SAME = 6  # letters that two forms of a noun share
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
            if says is not None and _names(question, sentence) and not of_another(claim, sentence.text):
                judged.append(Judged(sentence, says, len(terms), "words"))
    return judged


def _decided(question: Question, claim: str, sentence: Sentence, *, whole: bool) -> bool | None:
    """Opposite words and another figure deny; else the polarity of the sentence decides, if it says the `whole`."""
    told = [quantity.value for quantity in sentence.quantities]
    missing = [quantity for quantity in question.quantities if quantity.value not in told]
    if missing:
        if found(rules("apart")["told"], sentence.text):
            return False if _sets_apart(missing[0], sentence) else None
        other = len(question.quantities) == 1 and whole and _another_figure(missing[0], sentence)
        return False if other and decides(claim, sentence.text) else None
    kinds = {quantity.kind for quantity in question.quantities}
    if sum(quantity.kind in kinds for quantity in sentence.quantities) > len(question.quantities):
        return None
    if opposed(claim, sentence.text):
        return False
    if not whole or not _says_no_more(question, claim, sentence):
        return None
    all_of_them = quantified(claim, sentence.text)
    return all_of_them if all_of_them is not None else decides(claim, sentence.text)


def quantified(claim: str, told: str) -> bool | None:
    """»Acht der elf« denies a claim about all; without »alle« a sentence does not affirm it (see `_says_no_more`)."""
    rule = rules("quantifier")
    if not found(rule["all"], claim):
        return None
    for match_ in re.finditer(rule["part"], told):
        part, whole = (find_quantities(f"{match_[name]} Orte") for name in ("part", "whole"))
        if part and whole and part[0].value < whole[0].value:
            return False
    return None


def _says_no_more(question: Question, claim: str, sentence: Sentence) -> bool:
    """Whether the clause that decides names nothing beside what is asked, in the same order, and for as many."""
    text = sentence.text
    for word in compiled(rules("quantifier")["words"]).findall(claim):
        if word[:4].casefold() not in text.casefold() and quantified(claim, text) is None:
            return False
    own = words_of(claim)
    clause = max(CLAUSE.split(text), key=lambda c: len(words_of(c).stems & own.stems))
    days = {i for d in find_dates(clause) for i in range(d.start, d.end)}
    nouns = [m.group() for m in _NOUN.finditer(clause) if m.start() not in days]
    if any(_new(noun, question) for noun in nouns):
        return False
    bare = [m.group()[:SAME] for m in _NOUN.finditer(claim) if not _PREPOSITION.search(claim[: m.start()])]
    order = [bare.index(noun[:SAME]) for noun in nouns if noun[:SAME] in bare]
    return order == sorted(order)


def _new(noun: str, question: Question) -> bool:
    """Whether a noun of a sentence is none that the question names, and no word that only points or counts."""
    stems = words_of(noun).stems
    return (
        bool(stems)
        and words_of(question.own).reach.isdisjoint(words_of(noun).reach)
        and not found(rules("guard")["neutral"], noun)
    )


def _in_one_clause(terms: Sequence[Term], sentence: Sentence) -> bool:
    """Whether a sentence says all terms, and one clause of it nearly all: two clauses say two things."""
    if not says_all(terms, sentence, WORD):
        return False
    clauses = [words_of(clause) for clause in CLAUSE.split(sentence.text)]
    return sentence.leans_back or any(all(match(term, clause) >= WORD for term in terms) for clause in clauses)


def _sets_apart(mine: Quantity, sentence: Sentence) -> bool:
    """»Die 102 Antworten haben nichts mit der Zahl der Kommunen zu tun«, where 102 municipalities are claimed."""
    same = any(quantity.value == mine.value for quantity in sentence.quantities)
    return same and match_unit(mine.unit, sentence)


def match_unit(unit: str, sentence: Sentence) -> bool:
    """Whether a sentence names what is counted."""
    return bool(unit) and not words_of(unit).stems.isdisjoint(sentence.stems)


def _another_figure(mine: Quantity, sentence: Sentence) -> bool:
    """Whether a sentence gives one other exact figure of the same kind and unit."""
    same = [q for q in sentence.quantities if q.kind == mine.kind and (q.kind != "count" or q.unit == mine.unit)]
    return len(same) == 1 and same[0].qualifier is None and mine.qualifier is None


def _names(question: Question, sentence: Sentence) -> bool:
    """Whether every place of the question is named, and every year."""
    named = {place.ags for mention in sentence.places for place in mention.candidates}
    whole = all({place.ags for place in mention.candidates} & named for mention in question.places)
    return whole and all(str(year) in sentence.text for year in question.years)
