"""A tokenizer whose tokens are German words and parts of words.

Unigram pieces (Kudo 2018) without any mark of where a word begins, so that the end of a compound is the same token
as the word alone. Pieces are chosen on words counted with a damped frequency: counted as they occur, `der` would be
so cheap that it cuts »Förderung« in three.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.lexical import stop_words

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer
    from tokenizers.pre_tokenizers import PreTokenizer

SIZE = 40_000
# This share of the tokens are the commonest words that would otherwise be cut.
WHOLE = 0.15
UNKNOWN = "[UNK]"
DAMPING = 0.5
# Rarer forms are mostly errors of the text.
RAREST = 2
LONGEST_PIECE = 24
BETTER = 0.1

_WORD = re.compile(r"[^\W_]+")


def train(texts: Iterable[str], size: int = SIZE, damping: float = DAMPING) -> Tokenizer:
    """A tokenizer of `size` tokens; the first is the unknown one."""
    from tokenizers import Tokenizer, models, trainers

    counts = _counted(texts)
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = _splitter()
    trainer = trainers.UnigramTrainer(
        vocab_size=round(size * (1.0 - WHOLE)),
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=LONGEST_PIECE,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_damped(counts, damping), trainer)
    return _with_whole_words(tokenizer, counts, size)


def function_words(tokenizer: Tokenizer) -> list[int]:
    """Tokens that are stop words of the search."""
    encoded = (tokenizer.encode(word, add_special_tokens=False).ids for word in sorted(stop_words()))
    return sorted({ids[0] for ids in encoded if len(ids) == 1})


def _normalizer() -> Normalizer:
    """Case and umlauts folded as in the lexical search: ä = ae = a, ß = ss."""
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("ß", "ss"),
            normalizers.Replace(Regex("ae"), "a"),
            normalizers.Replace(Regex("oe"), "o"),
            normalizers.Replace(Regex("(?<![aeq])ue"), "u"),
        ]
    )


def _splitter() -> PreTokenizer:
    """Words and figures apart, everything else dropped."""
    from tokenizers import Regex, pre_tokenizers

    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{N}+"), "isolated"),
        ]
    )


def _counted(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text))
    return counts


def _damped(counts: Counter[str], damping: float) -> Iterator[list[str]]:
    """Each word as often as its damped frequency, rounded."""
    for word, number in sorted(counts.items()):
        if number >= RAREST:
            yield [word] * max(1, round(number**damping))


def _with_whole_words(tokenizer: Tokenizer, counts: Counter[str], size: int) -> Tokenizer:
    """Adds the commonest words that would be cut; each scores a little better than its pieces."""
    from tokenizers import models

    pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
    scores = dict(pieces)
    folded: Counter[str] = Counter()
    for word, number in counts.items():
        if word.isalpha():
            folded[tokenizer.normalizer.normalize_str(word)] += number
    for word, _ in sorted(folded.items(), key=lambda item: (-item[1], item[0])):
        if len(pieces) >= size:
            break
        if word not in scores and len(word) <= LONGEST_PIECE:
            cut = tokenizer.encode(word, add_special_tokens=False).tokens
            pieces.append((word, sum(scores.get(piece, 0.0) for piece in cut) + BETTER))
    tokenizer.model = models.Unigram([tuple(piece) for piece in pieces], unk_id=0)
    return tokenizer
