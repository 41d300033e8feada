"""Figures of the asker against limits, and the day of the question against deadlines. Rules: `app/data/truth.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.answering.candidates import Candidate
from app.answering.carried import carries, left_open, said
from app.answering.polarity import found, negations, rules
from app.answering.question import Question
from app.answering.sentences import Sentence
from app.answering.verdict import Judged
from ingest.german.dates import DateMention
from ingest.german.quantities import Quantity

STALE = 400  # days after which a deadline of a certain year says nothing of today


def judged_by_limit(question: Question, pool: Sequence[Candidate]) -> list[Judged]:
    """Whether the one figure of the asker keeps the limit that sentences set for its kind."""
    rule = rules("limit")
    mine = [q for q in question.quantities if q.kind == "money" or (q.kind == "count" and q.unit)]
    if len(mine) != 1 or not found(rule["asked"], question.own) or negations(question.own):
        return []
    terms = left_open(question, (rule["explains"],))
    turned = found(rule["turned"], question.own)
    judged = []
    for sentence in (candidate.sentence for candidate in pool):
        keeps = _keeps(mine[0], sentence)
        if keeps and not found(rule["enough"], question.own) and not found(rule["exception"], sentence.text):
            continue
        if keeps is not None and carries(terms, sentence):
            judged.append(Judged(sentence, keeps is not turned, said(terms, sentence), "limit"))
    exceptions = [one for one in judged if found(rule["exception"], one.sentence.text)]
    return exceptions or judged


def _keeps(mine: Quantity, sentence: Sentence) -> bool | None:
    rule, text = rules("limit"), sentence.text
    subject = rule["money"] if mine.kind == "money" else rule["must"]
    if not found(subject, text) or found(rule["not_share"], text) or text.rstrip().endswith("?"):
        return None
    limits = [q for q in sentence.quantities if q.kind == mine.kind and _same_unit(q, mine)]
    if len(limits) != 1:
        return None
    limit = limits[0]
    before = text[: limit.start] + text[limit.start : limit.end].split(_first_digit(text, limit))[0]
    if found(rule["exception"], text):
        return True if mine.value <= limit.value and not negations(text) else None
    if found(rule["below_refused"], before) and found(rule["refused"], text[limit.end :]):
        return mine.value >= limit.value
    if negations(text):
        return None
    if found(rule["lower"], before):
        return mine.value >= limit.value
    return None  # an upper limit caps what is paid, not what may be asked for


def _first_digit(text: str, quantity: Quantity) -> str:
    span = text[quantity.start : quantity.end]
    return next((char for char in span if char.isdigit()), span[:1])


def _same_unit(one: Quantity, other: Quantity) -> bool:
    return one.kind != "count" or one.unit.casefold()[:6] == other.unit.casefold()[:6]


def judged_by_deadline(question: Question, pool: Sequence[Candidate], today: date) -> list[Judged]:
    """Whether the day of the question lies within the time for applications."""
    rule = rules("deadline")
    if not found(rule["asked"], question.own) or not found(rule["about"], question.own) or negations(question.own):
        return []
    turned = found(rule["turned"], question.own)
    terms = left_open(question, (rule["explains"],))
    judged = []
    for sentence in (candidate.sentence for candidate in pool):
        still = _still_open(question, sentence, today)
        if still is not None and carries(terms, sentence):
            judged.append(Judged(sentence, still is not turned, said(terms, sentence), "deadline"))
    return judged


def _still_open(question: Question, sentence: Sentence, today: date) -> bool | None:
    rule, text = rules("deadline"), sentence.text
    if not found(rule["told"], text) or not found(rule["limit"], text) or negations(text):
        return None
    if not found(rule["verb"], text) or (found(rule["past"], text) and "verlängert" not in text):
        return None
    if _others_application(question, text) or found(rules("guard")["loose"], text):
        return None
    if found(rule["other"], text) and not found(rule["other"], text[text.find(",") :]):
        return None
    day = next((d.first for d in question.dates if d.is_day and d.year), today)
    recurring = [d for d in sentence.dates if d.year is None]
    if len(recurring) == 2:
        first, last = (d.first.replace(year=day.year) for d in recurring)
        return first <= day <= last if first <= last else None
    fixed = [d for d in sentence.dates if d.year is not None and d.is_day]
    if len(recurring) == 1 and not fixed:
        return _yearly(question, sentence, recurring[0], day)
    return _once(question, text, fixed, day)


def _others_application(question: Question, text: str) -> bool:
    """Whether the first application that a sentence names is for something else than funding or what is asked."""
    rule = rules("deadline")
    plain = found(r"\b(?:\w*antrag|\w*anträge|\w*antrags|unterlagen)\b", text)
    if not plain and found(rule["applies"], text) and not found(rule["applies"], question.own):
        return True
    named = re.search(rule["object"], text)
    noun = named["noun"] if named else ""
    return bool(noun) and not found(rule["funding"], noun) and noun[:6].casefold() not in question.own.casefold()


def _yearly(question: Question, sentence: Sentence, mention: DateMention, day: date) -> bool | None:
    """»bis zum 31. Oktober des Vorjahres«: for a named year, the day in the year before."""
    asked = [d.year for d in question.dates if d.year is not None and not d.is_day]
    before = "orjahr" in sentence.text or "olgejahr" in sentence.text
    if not before or len(asked) > 1:
        return None
    year = asked[0] - 1 if asked and asked[0] is not None else day.year
    return day <= mention.first.replace(year=year) and day.year >= year - 1


def _once(question: Question, text: str, fixed: Sequence[DateMention], day: date) -> bool | None:
    """»bis zum 31. Oktober 2022«: the first day named is that of applications; a day long ago says nothing of today."""
    if not fixed or not found(rules("deadline")["limit"] + r"[^.;]{0,20}$", text[: fixed[0].start]):
        return None
    years = {d.year for d in question.dates if d.year is not None and not d.is_day}
    last = fixed[0].last
    if years and not years & {last.year, last.year + 1}:
        return None
    return day <= last if abs((day - last).days) <= STALE else None
