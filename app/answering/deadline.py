"""Deadlines that recur every year, held against the day of the question."""

from __future__ import annotations

from datetime import date

from app.answering.question import Question
from app.answering.sentences import Sentence
from ingest.german.dates import format_german
from prompts import render


def deadline_note(question: Question, sentence: Sentence, today: date) -> str:
    """Whether the yearly period of the sentence (two recurring days) is open on the day asked about, or ""."""
    recurring = [d for d in sentence.dates if d.year is None]
    if question.kind not in ("date", "yesno", "open", "howto") or len(recurring) < 2:
        return ""
    day = _asked_day(question, today)
    first, last = (d.first.replace(year=day.year) for d in (recurring[0], recurring[-1]))
    if last < first:
        last = last.replace(year=day.year + 1)
    if first <= day <= last:
        return render("note_deadline_open", question.language, day=_german(day), last=_german(last))
    if day > last:
        first, last = first.replace(year=first.year + 1), last.replace(year=last.year + 1)
    days = {"day": _german(day), "first": _german(first), "last": _german(last)}
    return render("note_deadline_closed", question.language, **days)


def _asked_day(question: Question, today: date) -> date:
    """A day named in the question (»geht am 22.11. noch was?«), else today."""
    named = next((d for d in question.dates if d.is_day), None)
    if named is None:
        return today
    return named.first if named.year else named.first.replace(year=today.year)


def _german(day: date) -> str:
    return format_german(day.isoformat())
