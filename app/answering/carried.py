"""How well a sentence and what stands around it carry the words of a question that a rule does not explain."""

from __future__ import annotations

from collections.abc import Iterable

from app.answering.matching import match, words_of
from app.answering.polarity import found, rules
from app.answering.question import Question, Term
from app.answering.sentences import Sentence
from app.answering.subjects import OPENING

CARRIED = 0.4


def left_open(question: Question, explains: Iterable[str], *, context: bool = False) -> tuple[Term, ...]:
    """The words of content that none of the patterns explains; with `context` also those of the question before."""
    patterns = (rules("asking")["explains"], *explains)
    terms = [
        t for t in question.terms if not t.light and not t.text.isdigit() and (not t.context or (context and t.noun))
    ]
    return tuple(term for term in terms if not any(found(pattern, term.text) for pattern in patterns))


def in_sentence(term: Term, sentence: Sentence) -> float:
    """How well a sentence itself carries a term; one that leans on the sentence before it, with that."""
    own = match(term, sentence.words)
    return max(own, match(term, sentence.previous_words)) if sentence.leans_back else own


def around(term: Term, sentence: Sentence) -> float:
    """How well the sentence, its headings, the one before it or the opening of its document carry a term."""
    document = sentence.document
    near = (sentence.heading, sentence.previous, document.title, document.text[:OPENING])
    return max(in_sentence(term, sentence), *(match(term, words_of(text)) for text in near))


def carries(terms: Iterable[Term], sentence: Sentence) -> bool:
    """Whether a sentence, with what stands around it, speaks of all terms."""
    return all(around(term, sentence) >= CARRIED for term in terms)


def says_all(terms: Iterable[Term], sentence: Sentence, least: float = CARRIED) -> bool:
    """Whether a sentence itself says all terms."""
    return all(in_sentence(term, sentence) >= least for term in terms)


def said(terms: Iterable[Term], sentence: Sentence) -> int:
    """How many terms the sentence itself says."""
    return sum(in_sentence(term, sentence) >= CARRIED for term in terms)
