"""Which words the language has: what no dictionary knows may be a name.

The dictionary is that of simplemma (over a million German word forms). It is read when first asked, in about a second.
"""

from __future__ import annotations

from functools import lru_cache

_SHORTEST = 4  # letters of a part of a compound
_LINKS = ("", "s", "es", "n", "en", "e", "er")  # what stands between the parts (»Bahnhof-s-nähe«)


@lru_cache(maxsize=65_536)
def is_word(word: str) -> bool:
    """Whether a dictionary knows a word, or both parts of a compound (»Bahnhofsnähe«)."""
    return is_known(word) or _is_compound(word)


def _is_compound(word: str) -> bool:
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        tail = word[at:]
        if is_known(tail.capitalize()) and any(_begins(word[:at], link) for link in _LINKS):
            return True
    return False


def _begins(head: str, link: str) -> bool:
    bare = head[: len(head) - len(link)] if link else head
    return head.endswith(link) and len(bare) >= _SHORTEST and is_known(bare)


@lru_cache(maxsize=65_536)
def is_known(word: str) -> bool:
    """Whether a dictionary knows a word as it stands."""
    import simplemma  # only where documents are read: answering does without it

    return simplemma.is_known(word, lang="de")
