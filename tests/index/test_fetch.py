"""What is fetched of a repository, from a hub on this machine: see also tests/cli/test_models_command.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.folder import Lock
from index.models.fetch import FetchFailed, NoSuchModel, chosen, fetch


def test_only_what_runs_here_is_chosen():
    files = [
        ".gitattributes", "README.md", "config.json", "modules.json", "1_Pooling/config.json", "model.safetensors",
        "pytorch_model.bin", "2_Dense/pytorch_model.bin", "tf_model.h5", "onnx/model.onnx", "onnx/config.json",
        "openvino/openvino_model.bin", "modeling_own.py", "tokenizer.json", "vocab.txt", "sentencepiece.bpe.model",
        "training_args.bin", "../outside.json",
    ]  # fmt: skip
    assert chosen(files) == [
        "1_Pooling/config.json", "2_Dense/pytorch_model.bin", "README.md", "config.json", "model.safetensors",
        "modules.json", "sentencepiece.bpe.model", "tokenizer.json", "vocab.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a/b/c", "../b", "/a", "", ".a/b", "a\\b"])
def test_what_is_no_name_asks_nobody(name: str, tmp_path: Path):
    with pytest.raises(NoSuchModel):
        fetch(name, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_one_at_a_time(tmp_path: Path):
    lock = Lock(tmp_path / ".lock")
    try:
        with pytest.raises(FetchFailed, match="gerade schon"):
            fetch("some/model", tmp_path)
    finally:
        lock.release()
