"""A yes or no with the sentence that decides it, and how it is written into an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering import values
from app.answering.deadline import deadline_note
from app.answering.draft import Day, Draft
from app.answering.question import Question
from app.answering.sentences import Sentence
from app.answering.spans import quoted_span
from app.answers import AnswerStatus

REASON = values.LIMIT - 10
MOST = 3  # sentences shown


@dataclass(frozen=True, slots=True)
class Judged:
    """What one sentence says to a question: yes or no. `words`: how many words of the question it says itself."""

    sentence: Sentence
    yes: bool
    words: int
    rule: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a yes/no question; `others` say the same, `older` said otherwise before."""

    question: Question
    main: Judged
    others: Sequence[Judged] = ()
    older: Sequence[Judged] = ()

    def write(self, draft: Draft) -> None:
        """Yes or no with the reason, the sentences, and what held before."""
        sentence = self.main.sentence
        draft.holds_for(day_of(sentence, draft.context.language))
        reason = values.shorten(sentence.text, REASON)
        draft.shorts.append(draft.say("truth_yes" if self.main.yes else "truth_no", reason=reason))
        draft.statuses.append("answered")
        quote(draft, [self.main, *self.others])
        note = deadline_note(self.question, sentence, draft.context.today)
        if note:
            draft.note(note)
        for judged in self.older:
            number = draft.cite(judged.sentence.document, *quoted_span(judged.sentence))
            draft.line(draft.quoted(number))
            date = values.stand_of(judged.sentence, draft.context.language)
            draft.note(draft.say("note_truth_older", date=date, number=number))


@dataclass(frozen=True, slots=True)
class Correction:
    """What the documents say instead of what a question takes for granted."""

    value: str
    sentences: Sequence[Sentence]
    status: AnswerStatus = "corrected"

    def write(self, draft: Draft) -> None:
        """The right value, and the sentences that hold it."""
        draft.holds_for(day_of(self.sentences[0], draft.context.language))
        value = values.shorten(self.value.rstrip(". "), values.LIMIT - 45)
        draft.shorts.append(draft.say("corrected", value=value))
        draft.statuses.append(self.status)
        for sentence in self.sentences:
            draft.line(draft.quoted(draft.cite(sentence.document, *quoted_span(sentence))))


def quote(draft: Draft, judged: Sequence[Judged]) -> None:
    """The sentences word for word, each once."""
    for sentence in (one.sentence for one in judged):
        span = quoted_span(sentence)
        if not draft.covers(sentence.document, *span):
            draft.line(draft.quoted(draft.cite(sentence.document, *span)))


def day_of(sentence: Sentence, language: str) -> Day:
    """The day a sentence holds for; a range only where it is that of its document."""
    day, published = values.as_of(sentence), sentence.document.published
    return Day(day, published.range if day == published.date else None, values.stand_of(sentence, language))


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
