"""Slips of the keyboard in a question: a word that nobody knows is read as the known word that is one slip away.

The register and the kinds of questions are told by the words of a question, so »Landrkeis« has to become »Landkreis«
before anything is looked up. Two letters that changed places are put right in any word, a letter too much, too few or
another one only in long words, and none of it where two known words are equally near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from index.lexical import analyse, stop_words
from index.synonyms import expand

SHORTEST, LONG = 5, 7
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"

_WORD = re.compile(r"[^\W\d_]+")
# »Almut Recknagel« may be somebody else than »Almut Rechnagel«: in a name only swapped letters are slips.
_NAME = re.compile(r"(?<=[a-zäöüß] )[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ][a-zäöüß]+")
Frequencies = Callable[[Iterable[str]], Mapping[str, int]]


def corrected(text: str, frequencies: Frequencies) -> str:
    """`text` with its slips put right; `frequencies` says in how many passages stems occur."""
    words = {match[0] for match in _WORD.finditer(text) if len(match[0]) >= SHORTEST and _stem(match[0])}
    known = frequencies([_stem(word) for word in words])
    names = {word for match in _NAME.finditer(text) for word in match[0].split()}
    meant = {
        word: _meant(word, frequencies, word not in names)
        for word in sorted(words)
        if not known[_stem(word)] and not expand([_stem(word)])
    }
    return _WORD.sub(lambda match: meant.get(match[0]) or match[0], text)


def _meant(word: str, frequencies: Frequencies, may_be_any: bool) -> str:
    """The one known word that is a slip away; nothing where there is none or there are several."""
    for slips in (_swapped, _other) if may_be_any and len(word) >= LONG else (_swapped,):
        forms = {form: _stem(form) for form in slips(word)}
        found = frequencies({stem for stem in forms.values() if stem})
        near: dict[str, str] = {}
        for form, stem in forms.items():
            if found.get(stem) or form.lower() in stop_words():
                near.setdefault(stem or form.lower(), form)
        if len(near) == 1:
            return next(iter(near.values()))
        if near:
            break
    return ""


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        first, second = word[at], word[at + 1]
        if first.lower() != second.lower():
            swapped = second.upper() + first.lower() if first.isupper() and not at else second + first
            yield word[:at] + swapped + word[at + 2 :]


def _other(word: str) -> Iterator[str]:
    """A double letter made single; one letter more, changed or less. The first one is seldom missed.

    Of forms with one stem the earlier one is taken: who types »Einwohnr« means no shorter word.
    """
    places = range(1, len(word))
    yield from (word[:at] + word[at + 1 :] for at in places if word[at] == word[at - 1])
    yield from (word[:at] + letter + word[at:] for at in (*places, len(word)) for letter in LETTERS)
    yield from (word[:at] + letter + word[at + 1 :] for at in places for letter in LETTERS)
    yield from (word[:at] + word[at + 1 :] for at in places)


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """What the search knows a word by; empty for one without meaning and for what is no single word."""
    stems = analyse(word)
    return stems[0] if len(stems) == 1 else ""
