"""Models small enough to be made by a test, saved as real ones are: random weights over a few German words."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

WORDS = [
    "[UNK]", "[PAD]", "[CLS]", "[SEP]", "query", "passage", ":", "torgau", "lohsa", "stadt", "rat", "der", "die", "das",
    "und", "in", "ist", "tritt", "bei", "allianz", "antrag", "frist", "bis", "zum", "oktober", "gefördert", "werden",
    "prozent", "euro", "zuschuss", "wann", "wie", "viel", "wer", "hat",
]  # fmt: skip


def static_embedding(folder: Path, *, seed: int = 1, prompts: dict[str, str] | None = None) -> Path:
    """A model of `StaticEmbedding`, which reads texts of any length."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding

        torch.manual_seed(seed)
        model = SentenceTransformer(modules=[StaticEmbedding(_tokenizer(), embedding_dim=16)], device="cpu")
        model.save(str(folder), create_model_card=False)
    if prompts is not None:
        change(folder / "config_sentence_transformers.json", prompts=prompts)
    return folder


def bert_embedding(folder: Path) -> Path:
    """A plain BERT, as many embeddings are saved: sentence-transformers pools it by the mean."""
    from transformers import BertModel

    return _bert(folder, BertModel)


def bert_reranker(folder: Path, *, labels: int = 1) -> Path:
    """A cross-encoder that gives one logit, or one for each of several classes."""
    from transformers import BertForSequenceClassification

    return _bert(folder, BertForSequenceClassification, num_labels=labels)


def change(path: Path, **values: Any) -> None:
    """Change a JSON file of a model."""
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


def _bert(folder: Path, kind: Any, **options: Any) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from transformers import BertConfig, PreTrainedTokenizerFast

        torch.manual_seed(1)
        config = BertConfig(
            vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
            max_position_embeddings=64, initializer_range=1.0, **options,
        )  # fmt: skip
        kind(config).save_pretrained(folder)
        named = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
        PreTrainedTokenizerFast(tokenizer_object=_tokenizer(), model_max_length=64, **named).save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer
