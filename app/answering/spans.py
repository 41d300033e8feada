"""The span that is quoted for a chosen sentence: long enough to be understood alone."""

from __future__ import annotations

from app.answering.candidates import Sentence, document_sentences, leans_back

SHORT = 70  # a sentence this short that leans on the one before is quoted with it
LONGEST = 900


def quoted_span(sentence: Sentence) -> tuple[int, int]:
    """Start and end of the quotation: the sentence, with the one it leans on and the list it announces."""
    start, end = sentence.start, sentence.end
    near = "\n\n" not in sentence.document.text[sentence.previous_start : start]
    if leans_back(sentence) and end - start <= SHORT and near:
        start = sentence.previous_start
    if sentence.text.endswith(":"):
        end = _list_end(sentence)
    return start, end


def _list_end(sentence: Sentence) -> int:
    """End of the list items that follow an announcing sentence."""
    end = sentence.end
    for other in document_sentences(sentence.document):
        if other.start < end:
            continue
        if not other.listed or other.end - sentence.start > LONGEST:
            break
        end = other.end
    return end
