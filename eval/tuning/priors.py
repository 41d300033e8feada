"""What is known of the weights before any case: words that are missing never speak for a sentence, and the like.

The development cases hold no guideline of another programme, so what counts against one is held firmly. That
a text is a release or a guideline says nothing of an answer by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from eval.tuning.models import Prior

FOR = (
    "coverage", "direct", "exact", "before", "headed", "around", "retrieval", "fits", "cue", "period", "measure",
    "named_person", "day", "entry", "begins", "located", "dense", "score", "lead", "lead_5", "best_coverage",
    "best_direct", "counted", "capitals",
)  # fmt: skip
AGAINST = (
    "missing",
    "missing_nouns",
    "beside_the_point",
    "lacks_cue",
    "foreign",
    "elsewhere",
    "asks",
    "titled",
    "replaced",
)
FIRM = {"programme": 200.0, "release": 200.0, "foreign": 200.0, "elsewhere": 5.0}
RANKING = {
    "coverage": 3.0,
    "direct": 2.0,
    "fits": 2.0,
    "foreign": -4.0,
    "elsewhere": -2.0,
    "cue": 0.5,
    "dense": 1.0,
    "counted": 1.0,
}
TRUST = {
    "coverage": 1.0,
    "direct": 1.0,
    "exact": 0.5,
    "missing_nouns": -1.0,
    "beside_the_point": -2.0,
    "fits": 1.0,
    "foreign": -0.3,
    "counted": 0.5,
}


def prior(names: Sequence[str], weights: Mapping[str, float]) -> Prior:
    """The prior of some weights in the order of their names."""
    signs = [1.0 if name in FOR else -1.0 if name in AGAINST else 0.0 for name in names]
    firm = [FIRM.get(name, 1.0) for name in names]
    return Prior(np.array([weights.get(name, 0.0) for name in names]), np.array(firm), np.array(signs))
