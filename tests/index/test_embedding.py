import subprocess
import sys

import numpy as np
import pytest

from index import lexical
from index.embedding import BATCH, HashedEmbedder, check
from ingest.errors import DataError


def test_rows_are_normalised():
    vectors = HashedEmbedder().embed(["Torgau tritt bei", "", "die und der", "?!"])
    assert vectors.shape == (4, 512)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert HashedEmbedder().embed([]).shape == (0, 512)


def test_typos_and_compounds_are_nearer_than_strangers():
    query, typo, compound, stranger = HashedEmbedder().embed(
        ["Präventionsrat", "Präventoinsrat", "Kriminalpräventionsrat", "Haushaltssatzung"]
    )
    assert query @ typo > query @ stranger + 0.2
    assert query @ compound > query @ stranger + 0.2


def test_same_in_another_process():
    code = "from index.embedding import HashedEmbedder; print(HashedEmbedder().embed(['Torgau']).tobytes().hex())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == HashedEmbedder().embed(["Torgau"]).tobytes().hex()


@pytest.mark.parametrize(("value", "message"), [(np.nan, "NaN"), (np.inf, "NaN"), (0.0, "Nullvektor")])
def test_unfit_vectors_are_refused(value, message):
    vectors = np.ones((3, 4), dtype=np.float32)
    vectors[1] = value
    with pytest.raises(DataError, match=f"Textstelle 2.*{message}"):
        check(vectors)


def test_rows_of_many_texts_are_those_of_each():
    texts = [
        "Torgau tritt bei\nDer Rat tagt.",
        "",
        "und die",
        "Rat Rat Rat Stadtrat",
        "x" * 300,
        "Titel\n\nText\nmit Zeilen",
    ]
    many = HashedEmbedder().embed(texts * 25)
    assert len(many) > 2 * BATCH
    for i, text in enumerate(texts * 25):
        assert many[i] == pytest.approx(HashedEmbedder().embed([text])[0], abs=1e-6)


def test_a_repeated_word_counts_logarithmically():
    once, thrice, torgau, lohsa = HashedEmbedder(1 << 16).embed(
        ["Torgau Lohsa", "Torgau Torgau Torgau Lohsa", "Torgau", "Lohsa"]
    )
    # A word of its own has length sqrt(2): its stem and its n-grams, which weigh together as much as the stem.
    ratio = (thrice @ torgau) / (thrice @ lohsa) / ((once @ torgau) / (once @ lohsa))
    assert ratio == pytest.approx(1 + np.log(3), rel=0.05)


def test_inflected_forms_share_their_features_and_giant_words_keep_none():
    first, second, giant = HashedEmbedder().embed(["Kommune", "Kommunen", "Kommune" * lexical.LONGEST])
    assert first == pytest.approx(second, abs=1e-6)
    assert abs(first @ giant) < 0.9
