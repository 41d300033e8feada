import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

from index.static import SHIPPED, StaticEmbedder
from index.training.export import digest_of
from ingest.errors import DataError

TEXTS = [
    "Der Fördersatz beträgt bis zu 90 Prozent der zuwendungsfähigen Ausgaben.",
    "Wie viel Geld gibt das Land dazu?",
    "Oberbürgermeisterin der Großen Kreisstadt",
    "Ein sehr langer Text. " * 400,
    "ASS-Komm, 12.500 € (2021)",
]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def test_rows_are_normalised_and_never_zero(embedder: StaticEmbedder):
    rows = embedder.embed([*TEXTS, "", "?!", "die und der"])
    assert rows.shape == (len(TEXTS) + 3, embedder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-6)
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_a_row_depends_on_its_own_text_only(embedder: StaticEmbedder):
    together = embedder.embed(TEXTS)
    for row, text in zip(together, TEXTS, strict=True):
        assert row == pytest.approx(embedder.embed_query(text), abs=1e-6)


def test_equal_to_sentence_transformers(embedder: StaticEmbedder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED), device="cpu")
    assert embedder.embed(TEXTS) == pytest.approx(model.encode(TEXTS), abs=1e-3)


def test_umlauts_and_case_do_not_matter(embedder: StaticEmbedder):
    one, other = embedder.embed(["Förderung für die Große Straße", "foerderung fuer die grosse strasse"])
    assert one @ other == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("question", "answer", "stranger"),
    [
        ("Wie hoch ist der Zuschuss?", "Die Zuwendung beträgt höchstens 50 000 Euro.", "Der Vorstand tagt zweimal."),
        ("Wer ist Stadtoberhaupt?", "Die Oberbürgermeisterin vertritt die Stadt.", "Die Frist endet im Oktober."),
        ("Bis wann beantragen?", "Anträge sind bis zum 31. Oktober einzureichen.", "Er liegt an der Elbe."),
    ],
)
def test_other_words_for_the_same(embedder: StaticEmbedder, question: str, answer: str, stranger: str):
    near, far = embedder.embed([answer, stranger]) @ embedder.embed_query(question)
    assert near > far


def test_nothing_is_loaded_before_the_first_text():
    code = "import sys; from index.static import StaticEmbedder; StaticEmbedder(); print('model2vec' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_a_child_process_gets_the_same(embedder: StaticEmbedder):
    copy = pickle.loads(pickle.dumps(embedder))
    assert copy.name == embedder.name
    assert (copy.embed(TEXTS) == embedder.embed(TEXTS)).all()


def test_the_name_tells_weights_and_tokens(embedder: StaticEmbedder):
    assert embedder.name.endswith(digest_of(SHIPPED))
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 24_000_000


def test_a_missing_or_broken_model_is_named(tmp_path):
    with pytest.raises(DataError, match="fehlt"):
        StaticEmbedder(tmp_path)
    config = {"name": "leer", "digest": "0", "dimension": 4}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(DataError, match="nicht lesbar"):
        StaticEmbedder(tmp_path).embed(["Text"])
