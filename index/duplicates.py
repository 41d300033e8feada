"""Passages that say the same to the letter take one place in the results.

Two passages are the same if their letters and digits are, whatever their case, line ends, hyphenation and
punctuation. Anything more lenient would hide what matters: a version that says »muss« for »kann« is another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from index.filters import publication_days
from ingest.types import Document
from ingest.versions import family_of

if TYPE_CHECKING:
    from index.search import Evidence

# Shorter texts (in letters) of documents with other titles mean what their title says (»Sie tritt morgen in Kraft.«).
MEANS_THE_SAME = 120
# Between digits a mark decides (1,3 is not 13); anywhere else it does not.
_MARKS = re.compile(r"(?<=\d)[\W_]+(?=\d)|([\W_]+)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """A passage that has a place, with the titles' common part and the publisher of its document."""

    place: int
    family: tuple[str, str]


def folded(found: Sequence[Evidence]) -> list[Evidence]:
    """One of each, at the place of the best of each; of versions of one text the current one, else the newest."""
    kept: list[Evidence] = []
    same: dict[str, list[_Kept]] = {}
    for item in found:
        letters = _letters(item.text)
        family = _family(item.document.title, item.document.publisher)
        others = same.setdefault(letters, [])
        long = len(letters) >= MEANS_THE_SAME
        twin = next((other for other in others if other.family == family or long), None)
        if twin is None:
            others.append(_Kept(len(kept), family))
            kept.append(item)
        elif twin.family == family and _age(item.document) > _age(kept[twin.place].document):
            kept[twin.place] = replace(item, score=kept[twin.place].score)
    return kept


@lru_cache(maxsize=1 << 13)
def _letters(text: str) -> str:
    return _MARKS.sub(lambda mark: "" if mark[1] else mark[0], text.casefold()).translate(_UMLAUTS)


def _age(document: Document) -> tuple[bool, int]:
    return document.status == "current", publication_days(document.published)[1] or 0


@lru_cache(maxsize=1 << 12)
def _family(title: str, publisher: str) -> tuple[str, str]:
    return family_of(title), publisher.casefold()
