import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search import Searcher, contenders


@given(st.dictionaries(st.integers(), st.sampled_from([0.1, 0.2, 0.3, 0.4]), max_size=12), st.integers(1, 6))
def test_contenders_are_the_best_and_their_equals(scores, k):
    found = contenders(scores, k)
    ranked = sorted(scores.values(), reverse=True)
    least = ranked[k - 1] if len(ranked) > k else -1.0
    assert found == {id: score for id, score in scores.items() if score >= least}


class Catalogue:
    """Shows only some passages, as where documents were withdrawn."""

    def __init__(self, shown):
        self.shown = shown
        self.asked = []

    def best(self, scores, k, as_of=None):
        self.asked.append(len(scores))
        ranked = sorted((id for id in scores if id in self.shown), key=lambda id: -scores[id])
        return [(id, None) for id in ranked[:k]]


@pytest.mark.parametrize(
    ("shown", "asked", "found"),
    [("abcdef", [2], "ab"), ("bcdef", [2, 6], "bc"), ("f", [2, 6], "f"), ("", [2, 6], "")],
)
def test_all_are_asked_for_where_some_of_the_best_are_not_shown(shown, asked, found):
    catalogue = Catalogue(shown)
    scores = dict(zip("abcdef", [0.9, 0.8, 0.7, 0.6, 0.5, 0.4], strict=True))
    best = Searcher(catalogue, None, None)._best(scores, 2, None)
    assert "".join(id for id, _ in best) == found
    assert catalogue.asked == asked
