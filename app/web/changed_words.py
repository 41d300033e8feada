"""Which words differ between a sentence and the one that took its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from app.web.markup import esc

# Share of words that two sentences must have in common to be versions of one.
_ALIKE = 0.5
_WORD = re.compile(r"\s+|[^\s]+")


def with_changed_words(removed: Sequence[str], added: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sentences as HTML; what differs from their counterpart on the other side is strong. Order is kept."""
    old, new = [esc(text) for text in removed], [esc(text) for text in added]
    free = list(range(len(removed)))
    for j, text in enumerate(added):
        scored = [(SequenceMatcher(None, _words(removed[i]), _words(text), autojunk=False).ratio(), -i) for i in free]
        best, at = max(scored, default=(0.0, 0))
        if best >= _ALIKE:
            old[-at], new[j] = _marked(removed[-at], text)
            free.remove(-at)
    return old, new


def _words(text: str) -> list[str]:
    """Words and the blanks between them."""
    return _WORD.findall(text)


def _marked(one: str, other: str) -> tuple[str, str]:
    words = _words(one), _words(other)
    sides: tuple[list[str], list[str]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        for side, own, start, end in ((0, words[0], a, b), (1, words[1], c, d)):
            text = esc("".join(own[start:end]))
            sides[side].append(f"<strong>{text}</strong>" if tag != "equal" and text.strip() else text)
    return "".join(sides[0]), "".join(sides[1])
