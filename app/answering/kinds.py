"""The kind of answer that a question wants, by a linear model over its words and pieces of words.

    kind = argmax Σ weight[feature, kind] over the features of the question

Regular expressions knew half of the questions that somebody else wrote; people ask »Was kriegt man dafür?« and
»anmeldeschluss werkstatt«. The weights (`app/data/kinds.npz`) are learned from labelled questions
(`eval/data/kinds/*.tsv`) by `python -m eval.tuning.kinds`. What a question word says for certain (»wann«) is not left
to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from app.data import load
from ingest.errors import DataError

Kind = Literal[
    "contact", "share", "amount", "figure", "date", "person", "definition", "place",
    "howto", "purpose", "list", "reason", "yesno", "comparison", "development", "open",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = Path(__file__).parents[1] / "data" / "kinds.npz"
SHORTEST, LONGEST = 3, 5  # pieces of words, in letters
START = 3  # so many words say how a question begins
LEAST = 0.25  # of the likelihood; below it a question is too short to tell
PIECE = 0.3  # a piece of a word counts less than a word

_SAYS = re.compile(r"[^\W\d_]{3}")
_WORD = re.compile(r"[^\W\d_]+|[?:/€%]")


@lru_cache(maxsize=2048)
def kind_of(text: str) -> Kind:
    """The kind that a sure pattern of `questions.toml` says, else the one that is most likely.

    Raises DataError where the weights are missing or of other kinds.
    """
    sure = sure_kind(text)
    if sure is not None:
        return sure
    return likeliest(text, *_model())


def likeliest(text: str, rows: Mapping[str, int], weights: NDArray[np.floating[Any]]) -> Kind:
    """The kind that these weights (see `_model`) make most likely; `open` where there is too little to tell by."""
    if not _SAYS.search(text):
        return "open"
    total = weights[-1].copy()
    for name, value in features(text).items():
        if name in rows:
            total += value * weights[rows[name]]
    powers = np.exp(total - total.max())
    return KINDS[int(total.argmax())] if powers.max() >= LEAST * powers.sum() else "open"


def sure_kind(text: str) -> Kind | None:
    """The kind that a pattern of `questions.toml` is certain of, the first that matches."""
    asked = text.casefold()
    for rule in load("questions")["sure"]:
        if any(re.search(pattern, asked) for pattern in rule["patterns"]):
            kind: Kind = rule["kind"]
            return kind
    return None


def features(text: str) -> dict[str, float]:
    """Words, pairs and triples of words, the first words, and pieces of words with their weights."""
    words = _WORD.findall(text.casefold())
    found = {" ".join(words[i : i + n]): 1.0 for n in (1, 2, 3) for i in range(len(words) - n + 1)}
    found |= {f"^{' '.join(words[:n])}": 1.0 for n in range(1, START + 1)}
    pieces = {piece for word in words for piece in _pieces(word)}
    share = PIECE if pieces else 0.0
    return found | dict.fromkeys(pieces, share)


@lru_cache(maxsize=4096)
def _pieces(word: str) -> tuple[str, ...]:
    """Runs of letters of a word with its edges marked, told apart from words by a sign."""
    whole = f"<{word}>"
    lengths = range(SHORTEST, LONGEST + 1)
    return tuple(f"~{whole[i : i + n]}" for n in lengths for i in range(len(whole) - n + 1))


@cache
def _model() -> tuple[Mapping[str, int], NDArray[np.float32]]:
    """Rows of the features, and the weights (features + 1 for the bias, kinds)."""
    try:
        with np.load(FILE) as table:
            arrays: dict[str, Any] = {name: table[name] for name in ("features", "kinds", "weights")}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise DataError(f"{FILE.name} ist nicht lesbar: {error}", "Bitte neu installieren.") from error
    names = bytes(arrays["features"]).decode().split("\n")
    if bytes(arrays["kinds"]).decode().split("\n") != list(KINDS):
        raise DataError(f"{FILE.name} gehört zu anderen Fragearten.", "Bitte »python -m eval.tuning.kinds« ausführen.")
    weights: NDArray[np.float32] = arrays["weights"].astype(np.float32)
    return {name: row for row, name in enumerate(names)}, weights
