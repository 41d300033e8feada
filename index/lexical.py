"""German lexical analysis: from text to stems, and from stems to the sparse vectors of BM25.

One regular expression finds words and numbers; each distinct form is analysed once and remembered.

- Numbers: thousands separators go (10.000 = 10 000 = 10000), superfluous decimals go (1,50 = 1,5).
- Dates in figures become day, month name and year (31.08.2021 = 31. August 2021).
- Words: case folded, Snowball's German stemmer, umlauts folded (ä = ae = a, ß = ss), gender marks dropped.
- Hyphens: the joined word (ASS-Komm = ASSKomm) and its parts.
- Character 4-grams of long words let compounds meet (Präventionsrat, Präventionsräte, Kriminalprävention).

Weighting (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", eq. 3.15): the document side
holds `tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / AVERAGE_LENGTH))`, the query side the weight of each
feature; the store multiplies by the inverse document frequency.
"""

from __future__ import annotations

import hashlib
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

VERSION = "1"
K1 = 1.2
B = 0.75
# Stems in a passage of usual length. Fixed, so that a vector depends on its own passage only.
AVERAGE_LENGTH = 60.0
# What a word in the title or heading counts against one in the passage itself.
CONTEXT_WEIGHT = 0.5
# Weight of one character n-gram of a query; words count 1.
GRAM_WEIGHT = 0.15
GRAM_SIZE = 4
GRAM_WORD = 8
# Analyses of longer words (there are files with letters by the million) are not remembered.
LONGEST = 100
# Longer texts, and mere words, are divided each time they are asked for.
PASSAGE = 2000
# Passages whose vectors are made at once.
BATCH = 64

_DATA = Path(__file__).parent / "data"
_NUMBER = (
    r"(?:(?<![^\W_])(?<!\d[.,])"
    r"(?:\d{1,2}\.[ \u00a0]?(?:0?[1-9]|1[0-2])\.(?:[ \u00a0]?(?:19|20)\d\d)?(?!\d)"  # dates in figures
    r"|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\d.,]*\d)"  # thousands parted by spaces
    r"|\d+(?:[.,]\d+)*)(?![^\W_]))"
)
_WORD = r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*(?:[*:/(_]-?in(?:nen)?(?![^\W_])\)?)?"
_TOKEN = re.compile(f"{_NUMBER}|{_WORD}")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?")
_GENDER = re.compile(r"[*:/(_]-?in(?:nen)?\)?$")
_INNER = re.compile(r"[-\u2010\u2011'’]")
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_Ids = NDArray[np.uint64]
_NOTHING: _Ids = np.array([], dtype=np.uint64)
_AROUND = np.uint64(1)
_ROW = np.uint64(33)
_local = threading.local()


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Feature numbers (unsigned 32 bit, ascending) and their weights, of equal length."""

    indices: list[int]
    values: list[float]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """The words of `data/stopwords.txt`, case folded."""
    lines = (_DATA / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word.casefold() for line in lines for word in line.split("#")[0].split())


def fingerprint() -> str:
    """Changes with everything that decides what a document vector holds."""
    words = hashlib.sha256(" ".join(sorted(stop_words())).encode()).hexdigest()[:12]
    weighting = f"{K1}/{B}/{AVERAGE_LENGTH}/{CONTEXT_WEIGHT}"
    return f"lexical-{VERSION}/snowball-{Stemmer.version()}/{words}/{weighting}"


def idf(frequency: int, number: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)) for a stem that occurs in `frequency` of `number` passages."""
    return math.log1p(max(number - frequency + 0.5, 0.5) / (frequency + 0.5))


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in reading order, as written; those of a passage are remembered for a while."""
    return _tokens(text) if LONGEST < len(text) <= PASSAGE else tuple(_TOKEN.findall(text))


@lru_cache(maxsize=1 << 10)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


def analyse(text: str) -> list[str]:
    """The stems of a text in reading order, stop words left out, hyphenated words with their parts."""
    forms = tokens(text)
    return list(chain.from_iterable(map(_stems if _usual(forms) else stems_of, forms)))


def terms(text: str) -> Counter[str]:
    """How often each stem occurs; the unit of document frequencies."""
    counts: Counter[str] = Counter()
    for form, number in Counter(tokens(text)).items():
        for stem in stems_of(form):
            counts[stem] += number
    return counts


def document_vector(text: str, context: str = "") -> SparseVector:
    """Vector of a passage; `context` (title, heading) counts `CONTEXT_WEIGHT` an occurrence."""
    return document_vectors([text], [context])[0]


def document_vectors(texts: Sequence[str], contexts: Sequence[str]) -> list[SparseVector]:
    """Vectors of many passages, each with its context."""
    found: list[SparseVector] = []
    for start in range(0, len(texts), BATCH):
        found += _vectors(texts[start : start + BATCH], contexts[start : start + BATCH])
    return found


def _vectors(texts: Sequence[str], contexts: Sequence[str]) -> Iterator[SparseVector]:
    """Rows of one table, sorted at once by keys of row, feature, and whether it is the context that holds it."""
    parts: list[_Ids] = []
    sizes: list[int] = []
    norms: list[float] = []
    for text, context in zip(texts, contexts, strict=True):
        length, body = _counted(text)
        around_length, around = _around(context)
        parts += (*body, around)
        sizes.append(sum(map(len, body)) + len(around))
        norms.append(K1 * (1.0 - B + B * (length + CONTEXT_WEIGHT * around_length) / AVERAGE_LENGTH))
    keys = np.concatenate(parts) | np.repeat(np.arange(len(sizes), dtype=np.uint64) << _ROW, sizes)
    keys.sort()
    weights = 1.0 - (1.0 - CONTEXT_WEIGHT) * (keys & _AROUND)
    keys >>= np.uint64(1)
    first = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    frequencies = np.add.reduceat(weights, first) if len(first) else weights
    distinct = keys[first]
    owner = (distinct >> (_ROW - np.uint64(1))).astype(np.int64)
    values = ((K1 + 1.0) / (1.0 + np.array(norms)[owner] / frequencies)).tolist()
    indices = (distinct & np.uint64(0xFFFFFFFF)).tolist()
    ends = np.searchsorted(owner, np.arange(len(sizes)), side="right").tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        yield SparseVector(indices[start:end], values[start:end])


def _counted(text: str) -> tuple[int, Sequence[_Ids]]:
    """Number of stems of a text, and the features of each of its words."""
    forms = tokens(text)
    found = list(map(_ids if _usual(forms) else _form, forms))
    numbers, ids = zip(*found, strict=True) if found else ((), ())
    return sum(numbers), ids


@lru_cache(maxsize=1 << 8)
def _around(context: str) -> tuple[int, _Ids]:
    """The same of a title and heading, which many passages share."""
    length, ids = _counted(context)
    return length, np.concatenate([_NOTHING, *ids]) | _AROUND


def query_vector(text: str, expansions: Mapping[str, float] | None = None) -> SparseVector:
    """Vector of a question; `expansions` are further stems with their weights."""
    weights: dict[int, float] = {}
    for form in dict.fromkeys(tokens(text)):
        for position, index in enumerate(_features(form)):
            weight = 1.0 if position < len(stems_of(form)) else GRAM_WEIGHT
            weights[index] = max(weights.get(index, 0.0), weight)
    for stem, weight in (expansions or {}).items():
        weights.setdefault(feature(stem), weight)
    indices = sorted(weights)
    return SparseVector(indices, [weights[i] for i in indices])


@lru_cache(maxsize=1 << 16)
def feature(name: str) -> int:
    """The number of a feature: the first four bytes of its BLAKE2b digest, the same in every process."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big")


def _usual(forms: Iterable[str]) -> bool:
    """Whether the analyses of all these words are remembered."""
    return max(map(len, forms), default=0) <= LONGEST


def stems_of(form: str) -> tuple[str, ...]:
    """The stems of one form as found by the expression: several for dates and hyphenated words."""
    return _stems(form) if len(form) <= LONGEST else _stems.__wrapped__(form)


def _form(form: str) -> tuple[int, _Ids]:
    """Number of stems of one form and all its features."""
    return _ids(form) if len(form) <= LONGEST else _ids.__wrapped__(form)


@lru_cache(maxsize=1 << 16)
def _ids(form: str) -> tuple[int, _Ids]:
    """Number of stems, and the features as keys: the lowest bit is left for `_AROUND`, the upper half for the row."""
    return len(stems_of(form)), np.array(_features(form), dtype=np.uint64) << np.uint64(1)


def _features(form: str) -> tuple[int, ...]:
    """Feature numbers of one form: first its stems, then the character n-grams of its long words."""
    grams = (f"#{gram}" for word in _parts(form) for gram in _grams(fold(word)))
    return tuple(map(feature, (*stems_of(form), *grams)))


def _grams(word: str) -> Iterable[str]:
    """Character n-grams of a long word without figures; none of a stop word."""
    if len(word) < GRAM_WORD or not word.isalpha() or word in stop_words():
        return ()
    return (word[i : i + GRAM_SIZE] for i in range(len(word) - GRAM_SIZE + 1))


@lru_cache(maxsize=1 << 17)
def _stems(form: str) -> tuple[str, ...]:
    if form[0].isdigit() and not any(map(str.isalpha, form)):
        return _number(form)
    word = _GENDER.sub("", form.casefold())
    parts = _INNER.split(word)
    if len(parts) == 1:
        abbreviation = form.isupper() and 2 <= len(form) <= 4  # OB, not ob
        return (_stem(word),) if abbreviation or word not in stop_words() else ()
    found = [_stem("".join(parts))] + [_stem(p) for p in parts if len(p) > 1 and p not in stop_words()]
    return tuple(dict.fromkeys(found))


def _parts(form: str) -> list[str]:
    """The words inside one form, case folded."""
    return _INNER.split(_GENDER.sub("", form.casefold()))


def _number(form: str) -> tuple[str, ...]:
    """A figure without separators, or day, month name and year."""
    date = _DATE.fullmatch(form)
    if date and 1 <= int(date[1]) <= 31 and 1 <= int(date[2]) <= 12:
        parts = (str(int(date[1])), _stem(_MONTHS[int(date[2]) - 1]), date[3])
        return tuple(part for part in parts if part)
    if _THOUSANDS.fullmatch(form):
        form = re.sub(r"[.\s]", "", form)
    whole, comma, decimals = form.partition(",")
    decimals = decimals.rstrip("0") if decimals.isdigit() else decimals
    return (f"{whole.lstrip('0') or '0'}{comma}{decimals}".rstrip(","),)


def _stem(word: str) -> str:
    """Snowball's German stem, folded; the stemmer itself reads ae, oe, ue as umlauts."""
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("german", 0)
    return fold(stemmer.stemWord(word))


def fold(word: str) -> str:
    """Without diacritics; ae, oe and ue typed for umlauts count as these."""
    if word.isascii():
        return _UMLAUT.sub(lambda match: match[0][0], word)
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_UMLAUT = re.compile(r"ae|oe|(?<![aeq])ue")
