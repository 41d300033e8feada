"""The span that is quoted for a chosen sentence: long enough to be understood alone."""

from __future__ import annotations

import re

from app.answering.features import TEXT_KINDS
from app.answering.question import Question
from app.answering.sentences import LIST_MARK, PARAGRAPH, Sentence
from ingest.german.sentences import sentences

SHORT = 70  # a sentence this short that leans on the one before is quoted with it
ROOM = 420  # characters up to which a quotation goes on to what follows in its paragraph
_BLOCK = re.compile(r"[^\s][^\n]*")


def quoted_span(sentence: Sentence) -> tuple[int, int]:
    """Start and end of the quotation: the sentence, with the one it leans on and the list it announces."""
    start, end = sentence.start, sentence.end
    near = PARAGRAPH not in sentence.document.text[sentence.previous_start : start]
    if sentence.leans_back and end - start <= SHORT and near:
        start = sentence.previous_start
    return start, max(end, sentence.list_end)


def told_span(question: Question, sentence: Sentence) -> tuple[int, int]:
    """The quotation for a question: one that a single value does not answer is told more of the paragraph or list."""
    start, end = quoted_span(sentence)
    if question.kind not in TEXT_KINDS or sentence.row.cells:
        return start, end
    if sentence.listed:
        return _whole_list(sentence, start, end)
    return start, max(end, _rest_of_paragraph(sentence, start, end))


def _rest_of_paragraph(sentence: Sentence, start: int, end: int) -> int:
    """The end of the last sentence of the paragraph that still fits into the room."""
    text = sentence.document.text
    stop = text.find(PARAGRAPH, end)
    rest = text[end : stop if stop >= 0 else len(text)]
    fitting = [end + last for _, last in sentences(rest) if end + last - start <= ROOM]
    return fitting[-1] if fitting else end


def _whole_list(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The sentence that announces the list, and its items before and behind this one, as many as fit into the room."""
    text = sentence.document.text
    first = text.rfind("\n", 0, max(0, start - ROOM)) + 1  # a line cut in its midst would be quoted so
    blocks = [(first + m.start(), first + m.end()) for m in _BLOCK.finditer(text[first : end + ROOM])]
    here = next(i for i, (_, stop) in enumerate(blocks) if stop >= start)
    for begin, stop in reversed(blocks[:here]):
        mark = LIST_MARK.match(text, begin, stop)
        if end - begin > ROOM or not (mark or text[begin:stop].endswith(":")):
            break
        start = mark.end() if mark else begin
        if not mark:
            break
    for begin, stop in blocks[here + 1 :]:
        if not LIST_MARK.match(text, begin, stop) or stop - start > ROOM:
            break
        end = stop
    return start, end
