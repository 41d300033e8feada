"""Questions that a document asks and answers itself (»Können auch Vereine mitmachen? Ja, …«)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.answering.candidates import Candidate
from app.answering.carried import CARRIED, left_open
from app.answering.matching import match, words_of
from app.answering.polarity import found, negations, rules
from app.answering.question import Question, understand
from app.answering.sentences import PARAGRAPH, Sentence
from app.answering.verdict import Judged


def answered_there(question: Question, claim: str, pool: Sequence[Candidate]) -> Iterable[Judged]:
    """Yes or no of sentences that answer the very same question: each says all words of content of the other."""
    terms = left_open(question, ())
    if not terms or negations(question.own):
        return
    for sentence in (candidate.sentence for candidate in pool):
        says = _says(sentence)
        if says is None:
            continue
        there = _asked(sentence)
        words = words_of(there)
        if negations(there) or any(match(term, words) < CARRIED for term in terms):
            continue
        own = words_of(question.own)
        if all(match(term, own) >= CARRIED for term in left_open(understand(there, question.language), ())):
            yield Judged(sentence, says, len(terms), "asked-there")


def _says(sentence: Sentence) -> bool | None:
    if not sentence.previous.rstrip("*_ ").endswith("?"):
        return None
    yes, no = (found(rules("answered")[name], sentence.text) for name in ("yes", "no"))
    return yes if yes != no else None


def _asked(sentence: Sentence) -> str:
    """What is asked before a sentence, with what the one who asks tells of himself."""
    text = sentence.document.text
    first = text.rfind(PARAGRAPH, 0, sentence.previous_start) + 1
    return " ".join(text[first : sentence.start].replace("*", " ").replace("#", " ").split())
