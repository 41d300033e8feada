"""Cross-encoders as rerankers: real ones, with random weights."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from support.models import bert_reranker, change, static_embedding

from index.models.errors import ModelBroken, ModelMissing
from index.models.neural import ModelReranker

QUESTION = "Wann ist Torgau der Allianz beigetreten?"
TEXTS = ["Torgau tritt der Allianz bei", "Die Frist ist bis zum Oktober", "Wer hat Zuschuss " * 50, ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def test_a_logit_becomes_a_share_whatever_function_the_model_was_saved_with(folder: Path):
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    path = bert_reranker(folder / "one")
    raw = CrossEncoder(str(path), device="cpu").predict([(QUESTION, t) for t in TEXTS], activation_fn=Identity())
    wanted = 1 / (1 + np.exp(-np.asarray(raw, dtype=np.float64)))
    found = ModelReranker(str(path), folder).scores(QUESTION, TEXTS)
    assert found == pytest.approx(wanted, abs=1e-5)
    assert len({round(score, 6) for score in found}) > 1
    change(path / "config.json", sentence_transformers={"activation_fn": "torch.nn.modules.linear.Identity"})
    assert ModelReranker(str(path), folder).scores(QUESTION, TEXTS) == pytest.approx(found, abs=1e-6)


def test_of_several_classes_the_last_counts(folder: Path):
    path = bert_reranker(folder / "two", labels=2)
    found = ModelReranker(str(path), folder).scores(QUESTION, TEXTS)
    assert len(found) == len(TEXTS)
    assert all(0.0 <= score <= 1.0 for score in found)
    assert ModelReranker(str(path), folder).scores(QUESTION, TEXTS[:1]) == pytest.approx(found[:1], abs=1e-4)


def test_nothing_to_judge_needs_no_model(folder: Path):
    assert ModelReranker("some/model", folder).scores(QUESTION, []) == []


def test_what_is_no_reranker_is_named(folder: Path):
    with pytest.raises(ModelMissing, match="some/model"):
        ModelReranker("some/model", folder).scores(QUESTION, TEXTS)
    static_embedding(folder / "static")
    with pytest.raises(ModelBroken, match="Einbettung"):
        ModelReranker("static", folder).scores(QUESTION, TEXTS)
    broken = bert_reranker(folder / "broken")
    (broken / "model.safetensors").write_bytes(b"\0" * 40)
    with pytest.raises(ModelBroken, match="broken"):
        ModelReranker("broken", folder).scores(QUESTION, TEXTS)


def test_several_threads_may_ask(folder: Path):
    reranker = ModelReranker(str(bert_reranker(folder / "threads")), folder)
    alone = reranker.scores(QUESTION, TEXTS)
    found: list[list[float]] = []
    threads = [threading.Thread(target=lambda: found.append(reranker.scores(QUESTION, TEXTS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [pytest.approx(alone, abs=1e-6)] * 4
