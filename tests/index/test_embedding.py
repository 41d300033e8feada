import subprocess
import sys

import numpy as np
import pytest

from index.embedding import HashedEmbedder, check
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
