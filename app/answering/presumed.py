"""What a question takes for granted (»warum …«, »…, die ja …«) against what the documents say. Rules: `truth.toml`.

Corrected is only what a sentence on the same subject contradicts: a figure or day in its place, a word of the opposite
sense, a list without the name. A figure that any sentence confirms stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.answering.candidates import Candidate
from app.answering.carried import around, left_open, said, says_all
from app.answering.matters import judged_by_matters
from app.answering.polarity import found, is_side, negations, opposed, presupposes, rules
from app.answering.premise import supposed
from app.answering.question import Question, Term, compiled
from app.answering.sentences import Sentence
from app.answering.signed import signed_by_others
from app.answering.verdict import Correction, settled
from ingest.german.quantities import Quantity, find_quantities

WORD = 0.6
FEW = 2  # nouns of a sentence that one shared word shows to be about the same
_NOUN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]+")


def corrected(question: Question, pool: Sequence[Candidate]) -> Correction | None:
    """What the documents say instead of what the question takes for granted, or None."""
    sentences = [c.sentence for c in pool if not c.sentence.text.rstrip().endswith("?")]
    listed = _not_listed(question, sentences)
    if listed is not None or negations(question.own) > ("nicht als" in question.own):
        return listed
    if presupposes(question) or found(rules("premise")["granted"], question.own):
        return (
            signed_by_others(question, sentences)
            or _by_matter(question, pool)
            or _other_holder(question, sentences)
            or _other_figure(question, sentences)
            or _other_day(question, sentences)
            or _opposite(question, sentences)
        )
    return None


def _by_matter(question: Question, pool: Sequence[Candidate]) -> Correction | None:
    verdict = settled(question, judged_by_matters(question, question.own, pool)) if presupposes(question) else None
    if verdict is None or verdict.main.yes:
        return None
    return Correction(verdict.main.sentence.text, [verdict.main.sentence])


def _opposite(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    asked = question.own
    if not presupposes(question):  # only what the subordinate clause says is taken for granted
        clause = compiled(rules("premise")["relative"]).search(asked)
        asked = asked[clause.start() :] if clause else ""
    for sentence in sentences:
        if not opposed(asked, sentence.text):
            continue
        terms = _terms(question, sentence)
        own = said(terms, sentence)
        enough = len(terms) > 1 or (terms and len(_NOUN.findall(sentence.text[1:])) <= FEW)
        if enough and own * 2 > len(terms) and _all(terms, sentence) and _same_period(question, sentence):
            return Correction(sentence.text, [sentence])
    return None


def _all(terms: Iterable[Term], sentence: Sentence) -> bool:
    return all(around(term, sentence) >= WORD for term in terms)


def _terms(question: Question, sentence: Sentence) -> list[Term]:
    """The words that a sentence on the same subject has to carry; limits and deadlines it may say otherwise."""
    rule = rules("premise")
    alike = [r["asked"] for r in rule["alike"] if found(r["told"], sentence.text)]
    numbers = [question.text[q.start : q.end] for q in question.quantities]
    return [
        term
        for term in left_open(question, (rule["reports"], *alike))
        if not is_side(term.text) and not any(term.text in number for number in numbers) and not _number(term.text)
    ]


def _number(word: str) -> bool:
    return bool(find_quantities(f"{word} Orte")) and word.islower()


def _same_period(question: Question, sentence: Sentence) -> bool:
    published = sentence.document.published.date or ""
    years = {d.year for d in sentence.dates} | ({int(published[:4])} if published[:4].isdigit() else set())
    return not question.years or bool(question.years & years)


def _other_figure(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    """A figure in the place of the one that is taken for granted, where no sentence gives that one."""
    asked = [q for q in question.quantities if not supposed(question, q) and q.kind in ("money", "share", "count")]
    if len(asked) != 1 or not presupposes(question):
        return None
    mine = asked[0]
    same: list[tuple[Sentence, Quantity]] = []
    other: list[tuple[Sentence, Quantity]] = []
    for sentence in sentences:
        terms = _terms(question, sentence)
        values = [q for q in sentence.quantities if _comparable(mine, q)]
        if not values or not terms or not _same_period(question, sentence):
            continue
        if says_all(terms, sentence):
            (same if any(q.value == mine.value for q in values) else other).append((sentence, values[0]))
    if not other or (same and not _correct(other, same)):
        return None
    if len({value.value for _, value in other}) > 1 and not any(_is_correction(one) for one, _ in other):
        return None  # what grows has several values in one period, and none of them contradicts
    newest = max(other, key=lambda pair: (_is_correction(pair[0]), pair[0].document.published.date or ""))
    sentence, value = newest
    return Correction(" ".join(sentence.text[value.start : value.end].split()), [sentence])


def _comparable(mine: Quantity, told: Quantity) -> bool:
    return told.kind == mine.kind and (mine.kind != "count" or told.unit.casefold()[:6] == mine.unit.casefold()[:6])


def _correct(other: Sequence[tuple[Sentence, Quantity]], same: Sequence[tuple[Sentence, Quantity]]) -> bool:
    """Whether a text that calls itself a correction, newer than all that give the figure, gives another."""
    last = max(sentence.document.published.date or "9" for sentence, _ in same)
    return any(_is_correction(s) and (s.document.published.date or "") >= last for s, _ in other)


def _is_correction(sentence: Sentence) -> bool:
    document = sentence.document
    return bool(document.replaces) or found(rules("correction")["title"], f"{document.title} {document.source}")


def _other_day(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    """A day in the place of the one that is taken for granted."""
    asked = [d for d in question.dates if d.is_day]
    if len(asked) != 1:
        return None
    mine = asked[0]
    years = {d.year for d in question.dates if d is not mine and d.year is not None}
    told = []
    for sentence in sentences:
        published = sentence.document.published.date or ""
        days = [d for d in sentence.dates if d.is_day and (d.year is None or mine.year is not None)]
        terms = _terms(question, sentence)
        if len(days) != 1 or not terms or (years and published[:4] not in {str(year) for year in years}):
            continue
        own = said(terms, sentence)
        if own * 2 >= len(terms) and _all(terms, sentence):
            told.append((own, sentence, days[0]))
    if not told or any(_same_day(mine, day) for _, _, day in told):
        return None
    _, sentence, day = max(told, key=lambda one: (one[0], one[1].document.published.date or ""))
    return Correction(sentence.text[day.start : day.end], [sentence])


def _same_day(one: object, other: object) -> bool:
    return str(getattr(one, "iso", ""))[-5:] == str(getattr(other, "iso", ""))[-5:]


def _not_listed(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    """»eine der acht Modellkommunen«: a sentence that denies it, or the list of all without the name."""
    rule = rules("membership")
    named = re.compile(rule["one_of"]).search(question.own)
    if named is None or len(question.places) != 1:
        return None
    noun, keys = named["noun"][:8].casefold(), question.wanted_places
    numbers = find_quantities(f"{named['number']} {named['noun']}")
    for sentence in sentences:
        spoken = f"{sentence.previous} {sentence.text}".casefold()
        places = {p.ags for m in sentence.places for p in m.candidates}
        if noun not in spoken or named["number"].casefold() not in spoken:
            continue
        clauses = [c for c in re.split(r"[,;:]", sentence.text) if found(rule["denies"], c)]
        about = noun in sentence.text.casefold() and (not places or places <= keys)
        named_there = [c for c in clauses if any(question.text[m.start : m.end] in c for m in question.places)]
        if named_there or (about and clauses and negations(sentence.text)):
            return Correction((named_there or [sentence.text])[0].strip(), [sentence])
        if numbers and len(sentence.places) == numbers[0].value and not places & keys and not negations(sentence.text):
            return Correction(sentence.text, [sentence])
    return None


def _other_holder(question: Question, sentences: Sequence[Sentence]) -> Correction | None:
    """Another body decides than the one that the question names."""
    for rule in rules("holder"):
        bodies = re.findall(rule["named"], question.own)
        if not bodies or not found(rule["asked"], question.own):
            continue
        told = [s for s in sentences if found(rule["told"], s.text)]
        words = [word for body in bodies for word in body.split() if word[0].isupper()]
        if told and not any(word[:8] in s.text for s in told for word in words):
            return Correction(told[0].text, told[:1])
    return None
