"""`python -m eval.tuning.kinds`: learn from labelled questions what kind of answer a question wants.

A multinomial logistic regression over `app.answering.kinds.features`, from `eval/data/kinds/*.tsv` (kind, tab,
question). Before the weights are written, each file is left out in turn and its questions are predicted. Needs the
extra `models` (scikit-learn comes with it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.answering import kinds
from app.answering.question import restore_umlauts
from ingest.errors import InputError

Labelled = tuple[str, str]
STRENGTH = 3.0  # inverse of the penalty
RAREST = 2  # a feature of fewer questions says nothing


def main() -> None:
    """Measure, fit and write."""
    labelled: dict[str, list[Labelled]] = {path.stem: read(path) for path in sorted(folder().glob("*.tsv"))}
    for name, asked in labelled.items():
        others = [row for other, rows in labelled.items() if other != name for row in rows]
        right = sum(given == kind for (kind, _), given in zip(asked, _predicted(others, asked), strict=True))
        print(f"{name}: {right} of {len(asked)} right ({right / len(asked):.1%}), learned from the others")
    names, weights = fit([row for rows in labelled.values() for row in rows])
    np.savez_compressed(
        kinds.FILE, features=_bytes(names), kinds=_bytes(kinds.KINDS), weights=weights.astype(np.float16)
    )  # fmt: skip
    print(f"{kinds.FILE.name}: {len(names)} features")


def folder() -> Path:
    """Where the labelled questions lie."""
    return Path(str(files("eval").joinpath("data", "kinds")))


def read(path: Path) -> list[Labelled]:
    """Kind and question of each line. Raises InputError with file and line where a kind is unknown."""
    rows: list[Labelled] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        kind, _, question = line.partition("\t")
        if kind not in kinds.KINDS or not question.strip():
            raise InputError(f"{path.name}, Zeile {number}: »{kind}« ist keine Frageart.", ", ".join(kinds.KINDS))
        rows.append((kind, question.strip()))
    return rows


def fit(rows: Sequence[Labelled]) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the features and their weights, shape (features + 1, kinds), the bias last."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    found = [kinds.features(restore_umlauts(question)) for _, question in rows]
    counts = Counter(name for one in found for name in one)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    row_of = {name: row for row, name in enumerate(names)}
    entries = [(i, row_of[name], value) for i, one in enumerate(found) for name, value in one.items() if name in row_of]
    at, columns, values = (np.array(part) for part in zip(*entries, strict=True))
    inputs = csr_matrix((values, (at, columns)), shape=(len(rows), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(inputs, [kind for kind, _ in rows])
    order = [list(model.classes_).index(kind) for kind in kinds.KINDS]
    return names, np.vstack([model.coef_[order].T, model.intercept_[order]])


def _predicted(rows: Sequence[Labelled], asked: Sequence[Labelled]) -> list[str]:
    names, weights = fit(rows)
    row_of = {name: row for row, name in enumerate(names)}
    clear = [restore_umlauts(question) for _, question in asked]
    return [kinds.sure_kind(question) or kinds.likeliest(question, row_of, weights) for question in clear]


def _bytes(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


if __name__ == "__main__":
    main()
