"""The span that is quoted for a chosen sentence: long enough to be understood alone."""

from __future__ import annotations

from app.answering.sentences import Sentence

SHORT = 70  # a sentence this short that leans on the one before is quoted with it


def quoted_span(sentence: Sentence) -> tuple[int, int]:
    """Start and end of the quotation: the sentence, with the one it leans on and the list it announces."""
    start, end = sentence.start, sentence.end
    near = "\n\n" not in sentence.document.text[sentence.previous_start : start]
    if sentence.leans_back and end - start <= SHORT and near:
        start = sentence.previous_start
    return start, max(end, sentence.list_end)
