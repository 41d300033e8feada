"""`python -m index.training --data FOLDER --out FOLDER`: from texts to a model, the same at every run."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from index.training import corpus, meanings, vocabulary
from index.training.asked import asked
from index.training.beginning import first_vectors
from index.training.export import export
from index.training.learning import Recipe, learn
from index.training.numbered import number
from index.training.pairs import Drawer
from index.training.teacher import lessons

NAME = "auskunft-static-de-2"


def main(arguments: list[str] | None = None) -> None:
    """Train and write the folder."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with *.jsonl.gz: id, title, text")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--without", type=Path, help="folder with texts (*.md) whose ids are left out as well")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--batch", type=int, default=Recipe().batch)
    parser.add_argument("--dimension", type=int, default=Recipe().dimension)
    parser.add_argument("--lessons", type=int, help="most lessons of each kind (else as many as there are)")
    parser.add_argument("--size", type=int, default=vocabulary.SIZE, help="number of tokens")
    options = parser.parse_args(arguments)
    recipe = Recipe(options.dimension, options.batch, options.steps, seed=options.seed)
    left_out = frozenset(path.stem for path in options.without.glob("*.md")) if options.without else frozenset()

    parts = list(corpus.read(options.data, left_out=left_out))
    _say(f"{len(parts)} sections")
    groups, questions = meanings.groups(), asked(parts)
    _say(f"{len(groups)} groups of wordings, {len(questions)} questions")
    texts = [text for part in parts for text in (part.title, part.heading, *part.sentences)]
    texts += [*(wording for group in groups for wording in group), *(question.question for question in questions)]
    tokenizer = vocabulary.train(texts, options.size)
    numbered = number(parts, groups, questions, tokenizer)
    _say(f"{len(numbered.tokens)} tokens")
    random = np.random.default_rng(recipe.seed)
    learned = lessons(parts, groups, questions, tokenizer, recipe.dimension, random, options.lessons, _say)
    _say(f"{len(learned.directions)} lessons")
    vectors = first_vectors(learned, tokenizer.get_vocab_size(), 2 * recipe.steps, recipe.seed, _progress)
    drawer = Drawer(numbered, np.random.default_rng(recipe.seed))
    digest = export(learn(vectors, tokenizer, drawer, learned, recipe, _progress), tokenizer, options.out, NAME)
    _say(f"{options.out}: {digest}")


def _progress(step: int, loss: float) -> None:
    if step % 50 == 0:
        _say(f"step {step}: {loss:.3f}")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
