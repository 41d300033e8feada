"""A simple assistant to compare with: the best sentences by BM25. What it shares with other baselines stands here too.

A baseline answers with what it finds and refuses below a score that is tuned on the development cases.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.assistant import Assistant
from eval.quality.cases import Case
from eval.quality.judge import Judgement
from eval.quality.reply import Cited, Reply
from index.lexical import analyse, idf
from ingest.german.sentences import sentences
from ingest.types import Document

K1, B = 1.5, 0.75  # the usual constants of BM25 (Robertson and Zaragoza 2009)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Sentence:
    document: Document
    start: int
    end: int
    terms: Counter[str]

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


class BestSentences:
    """BM25 over sentences, German stems; the best one is the short answer, the best three are shown."""

    name = "bm25-sentences"

    def __init__(self, threshold: float = 0.0) -> None:
        self.threshold = threshold
        self._of: Assistant | None = None
        self._sentences: list[_Sentence] = []
        self._documents: Counter[str] = Counter()
        self._length = 1.0

    def reply(self, case: Case, assistant: Assistant) -> Reply:
        """The best sentences."""
        if self._of is not assistant:
            self._read(assistant)
        wanted = set(analyse(case.question))
        there = [s for s in self._sentences if known(s.document, case.as_of)]
        scored = sorted(((self._score(wanted, s), -n, s) for n, s in enumerate(there)), reverse=True)[:SHOWN]
        return reply_of([(score, s.document, s.start, s.end) for score, _, s in scored if score > 0], self.threshold)

    def _read(self, assistant: Assistant) -> None:
        self._of = assistant
        self._sentences = [s for row in assistant.documents() for s in _sentences(assistant.document(row.id)[0])]
        self._documents = Counter(term for s in self._sentences for term in s.terms)
        self._length = sum(s.terms.total() for s in self._sentences) / max(1, len(self._sentences))

    def _score(self, wanted: set[str], sentence: _Sentence) -> float:
        number, length = len(self._sentences), sentence.terms.total() / self._length
        total = 0.0
        for term in wanted & sentence.terms.keys():
            frequency, documents = sentence.terms[term], self._documents[term]
            total += idf(documents, number) * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length))
        return total


def best_threshold(judged: Sequence[Judgement]) -> float:
    """The score below which refusing gives the highest CRAG score on these replies, of a baseline that refused none."""

    def points(one: Judgement, threshold: float) -> int:
        if one.reply.score >= threshold:
            return one.crag
        return int(not one.case.answerable and "no_evidence" in one.case.statuses)

    candidates = sorted({one.reply.score for one in judged} | {0.0, math.inf})
    return max(candidates, key=lambda threshold: sum(points(one, threshold) for one in judged))


def reply_of(found: Sequence[tuple[float, Document, int, int]], threshold: float) -> Reply:
    """Spans as an answer (score, document, start, end; best first), or a refusal if the best is below the threshold."""
    score = found[0][0] if found else 0.0
    if not found or score < threshold:
        return Reply("no_evidence", "", "", score=score)
    citations = tuple(
        Cited(n, doc.id, doc.source, start, end, doc.text[start:end], doc.published.date)
        for n, (_, doc, start, end) in enumerate(found, start=1)
    )
    text = "\n\n".join(f"»{' '.join(c.quote.split())}« [{c.number}]" for c in citations)
    short = " ".join(citations[0].quote.split())
    return Reply("answered", short, text, citations=citations, as_of=citations[0].published, score=score)


def known(document: Document, as_of: str | None) -> bool:
    """Whether a document was there on a day, as far as its date says."""
    return as_of is None or (document.published.date or "9999") <= as_of


def _sentences(document: Document) -> list[_Sentence]:
    found: list[_Sentence] = []
    for section in document.sections:
        if section.role == "body":
            part = document.text[section.start : section.end]
            spans = [(section.start + start, section.start + end) for start, end in sentences(part)]
            found += [_Sentence(document, a, b, Counter(analyse(document.text[a:b]))) for a, b in spans]
    return found
