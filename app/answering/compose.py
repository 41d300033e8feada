"""Composition: the short answer first, then verbatim spans with [n], dates, notes. Everything is checked at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.answering import values
from app.answering.contact import Contact
from app.answering.deadline import deadline_note
from app.answering.decide import Ranked
from app.answering.draft import Context, Day, Draft
from app.answering.figures import figure, same_measure
from app.answering.fit import best_quantity, says_today
from app.answering.premise import VALUE_KINDS, contradicted
from app.answering.question import Question
from app.answering.refusal import Part, refuse
from app.answering.sentences import Sentence
from app.answering.spans import told_span
from app.answering.verify import carriers, unsupported
from app.answers import Answer, AnswerStatus, Citation
from app.data import load
from ingest.german.places import PlaceMention


def compose(context: Context, parts: Sequence[Part]) -> Answer:
    """The answer of a question from what was found for its parts; a refusal where nothing holds."""
    if not any(part.answered for part in parts):
        return refuse(context, parts)
    draft = Draft(context)
    for part in parts:
        if part.told is not None:
            part.told.write(draft)
        elif part.contact is not None:
            _compose_contact(draft, part.contact)
        elif part.chosen:
            _compose_part(draft, part)
        else:
            draft.note(draft.say("note_part_missing", part=part.question.text))
            draft.statuses.append("partial")
    _dates(draft)
    _flaws(draft)
    return _finish(draft)


def with_suggestions(answer: Answer, suggestions: tuple[str, ...]) -> Answer:
    """`answer` with questions that do have answers."""
    return replace(answer, suggestions=suggestions)


def with_timings(answer: Answer, timings: dict[str, float]) -> Answer:
    """`answer` with its times in milliseconds."""
    return replace(answer, timings_ms=timings)


def _compose_contact(draft: Draft, contact: Contact) -> None:
    number = draft.cite(contact.document, contact.start, contact.end)
    date = values.stand(contact.document, draft.context.language)
    line = values.shorten(contact.line, values.LIMIT - 40)
    draft.shorts.append(draft.say("value", value=line, date=date))
    draft.lines.append(f"»{draft.citations[number - 1].quote}« [{number}]")
    draft.statuses.append("answered")
    published = contact.document.published
    draft.holds_for(Day(published.date, published.range, date))


def _day(question: Question, sentence: Sentence, language: str) -> Day:
    """The day a sentence holds for; a range only where it is that of its document."""
    quantity = best_quantity(question, sentence) if question.kind in VALUE_KINDS else None
    day, published = values.as_of(sentence, quantity), sentence.document.published
    return Day(day, published.range if day == published.date else None, values.stand_of(sentence, language, quantity))


def _compose_part(draft: Draft, part: Part) -> None:
    question = part.question
    if question.kind in VALUE_KINDS:
        main, others = _newest_first(part.chosen)
    else:
        main, others = part.chosen[0], part.chosen[1:]
    draft.holds_for(_day(question, main.candidate.sentence, draft.context.language))
    status: AnswerStatus = "answered"
    short = values.short_value(question, main.candidate.sentence)
    if question.signing and question.kind == "person" and not values.signers(main.candidate.sentence):
        short, status = draft.say("not_named"), "partial"
    if question.kind == "date" and _only_today(main.candidate.sentence):
        short, status = _undated_today(draft, main, short)
    lookalike = _lookalike(question, main.candidate.sentence)
    if lookalike:
        short, status = values.shorten(main.candidate.sentence.text), "partial"
        draft.note(lookalike[draft.context.language])
    premise = contradicted(question, main.candidate.sentence)
    if premise:
        short, status = draft.say("corrected", value=premise), "corrected"
    draft.shorts.append(short)
    draft.statuses.append(status)
    _quote(draft, question, main, others)
    for item in (main, *others):
        note = deadline_note(question, item.candidate.sentence, draft.context.today)
        if note:
            draft.note(note)
    _notes(draft, question, main)


def _lookalike(question: Question, sentence: Sentence) -> dict[str, str] | None:
    """The entry of `lookalikes` that warns of taking this sentence for what was asked."""
    for rule in load("questions")["lookalike"]:
        asked = re.search(rule["question"], question.text, re.IGNORECASE)
        if asked and re.search(rule["sentence"], sentence.text) and not re.search(rule["unless"], sentence.text):
            return dict(rule)
    return None


def _only_today(sentence: Sentence) -> bool:
    return not sentence.dates and says_today(sentence)


def _undated_today(draft: Draft, main: Ranked, short: str) -> tuple[str, AnswerStatus]:
    published = main.document.published
    date = values.stand(main.document, draft.context.language)
    if published.date:
        draft.note(draft.say("note_today", date=date))
        return short, "answered"
    return draft.say("note_no_day", range=date), "partial"


def _newest_first(chosen: Sequence[Ranked]) -> tuple[Ranked, list[Ranked]]:
    """The newest among equally good values; a document known only to a range never counts as the newest."""

    def day(item: Ranked) -> str:
        published = item.document.published
        return values.as_of(item.candidate.sentence) or (published.range[0] if published.range else "")

    dated = [item for item in chosen if values.as_of(item.candidate.sentence)]
    main = max(dated or chosen, key=day)
    return main, sorted((item for item in chosen if item is not main), key=day, reverse=True)


def _quote(draft: Draft, question: Question, main: Ranked, others: Sequence[Ranked]) -> None:
    """Verbatim spans: the main one first for values, in reading order of one document otherwise."""
    items = [main, *others]
    if question.kind not in VALUE_KINDS:
        first = [i for i in items if i.document.id == main.document.id]
        rest = [i for i in items if i.document.id != main.document.id]
        items = sorted(first, key=lambda i: i.candidate.sentence.start) + rest
    draft.cite(main.document, *told_span(question, main.candidate.sentence))
    for item in items:
        sentence = item.candidate.sentence
        if item is not main and draft.covers(sentence.document, *told_span(question, sentence)):
            continue
        number = draft.cite(sentence.document, *told_span(question, sentence))
        if question.kind in VALUE_KINDS:
            _value(draft, question, item, main, number)
        draft.line(draft.quoted(number))


def _value(draft: Draft, question: Question, item: Ranked, main: Ranked, number: int) -> None:
    sentence, first = item.candidate.sentence, main.candidate.sentence
    quantity = best_quantity(question, sentence)
    if quantity is None:
        return
    comparable = item is main or same_measure(question, sentence, first)
    draft.figures.append(figure(sentence, quantity, number, superseded=comparable and _is_older(sentence, first)))
    if item is main:
        return
    value = values.short_value(question, sentence)
    date = values.stand_of(sentence, draft.context.language)
    if (value, date) == (values.short_value(question, first), values.stand_of(first, draft.context.language)):
        return
    if not comparable:
        draft.note(draft.say("note_lookalike", value=f"{value} ({date})", number=number))
        return
    name = "note_older" if values.as_of(sentence) else "note_newer_undated"
    draft.note(draft.say(name, value=value, date=date, number=number))


def _is_older(sentence: Sentence, main: Sentence) -> bool:
    """Superseded means: of a known, earlier day. What is known only to a range is neither older nor newer."""
    own, newest = values.as_of(sentence), values.as_of(main)
    return bool(own and newest and own < newest)


def _notes(draft: Draft, question: Question, main: Ranked) -> None:
    sentence = main.candidate.sentence
    present = values.witnesses(sentence)
    if question.signing and present:
        draft.note(draft.say("note_present", names=", ".join(values.person_label(p) for p in present)))
    if question.kind == "date" and sentence.dates and says_today(sentence) and main.document.published.date:
        draft.note(draft.say("note_today", date=values.stand(main.document, draft.context.language)))
    if question.kind == "list":
        draft.note(draft.say("note_coverage", documents=draft.context.documents))
    for mention in question.places:
        if mention.ambiguous:
            _ambiguous(draft, mention, sentence)


def _ambiguous(draft: Draft, mention: PlaceMention, sentence: Sentence) -> None:
    """Say which of several places of one name the source means, or that it leaves this open."""
    wanted = {place.ags for place in mention.candidates}
    resolved = [m.candidates[0] for m in sentence.places if not m.ambiguous and m.candidates[0].ags in wanted]
    if resolved:
        draft.note(draft.say("ambiguous_resolved", name=resolved[0].label))
    else:
        draft.note(draft.say("ambiguous", names=", ".join(p.label for p in mention.candidates)))
        draft.statuses.append("ambiguous")


def _dates(draft: Draft) -> None:
    """Say once for each document that its date is inferred, and why."""
    seen: set[str] = set()
    for citation in draft.citations:
        document = citation.document
        inferred = document.published.basis in ("inferred", "file") and document.published.reason
        if inferred and document.id not in seen:
            draft.note(draft.say("note_inferred", number=citation.number, reason=document.published.reason))
        seen.add(document.id)


def _flaws(draft: Draft) -> None:
    """Say of each citation that a maintainer found its sentence to be wrong."""
    for citation in draft.citations:
        for flaw in draft.context.flaws.get(citation.document.id, ()):
            if flaw.start < citation.end and citation.start < flaw.end:
                text = draft.say("note_flaw", number=citation.number)
                draft.note(f"{text} {flaw.note}".strip())


def _finish(draft: Draft) -> Answer:
    context = draft.context
    first = draft.citations[0].document
    published = first.published
    day = draft.day or Day(published.date, published.range, values.stand(first, context.language))
    allowed = " ".join([context.question.text, *(f"{f.value} {f.derived}" for f in draft.figures if f.derived)])
    shorts = [s for s in draft.shorts if not unsupported(s, draft.citations, allowed)]
    short = values.shorten(" · ".join(shorts)) if shorts else values.shorten(draft.citations[0].quote)
    return Answer(
        question=context.asked,
        standalone_question=context.standalone,
        status=_overall(draft.statuses),
        short=short,
        text="\n\n".join([_marked(short, draft.citations), *draft.lines, draft.say("as_of", date=day.shown)]),
        language=context.language,
        as_of=day.as_of,
        as_of_range=day.span,
        citations=tuple(draft.citations),
        figures=tuple(draft.figures),
        notes=tuple(draft.notes),
    )


def _marked(short: str, citations: Sequence[Citation]) -> str:
    """The short answer with the marks of the citations that carry it."""
    marks = "".join(f" [{number}]" for number in carriers(short, citations))
    end = short[-1:] if short.endswith((".", ":", "!", "?")) else ""
    return f"{short[: len(short) - len(end)]}{marks}{end}"


def _overall(statuses: Sequence[AnswerStatus]) -> AnswerStatus:
    for status in ("corrected", "partial", "ambiguous"):
        if status in statuses:
            return status
    return "answered"
