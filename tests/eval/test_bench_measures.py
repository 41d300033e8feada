"""Measures of rankings against values that can be worked out by hand."""

import math

import pytest

from eval.bench.measures import MEASURES, measured, ndcg, rank_fusion, recall, reciprocal_rank, units_of
from eval.bench.retrieval import Tally, difference, row


def test_ndcg_by_hand():
    assert ndcg(["a", "b", "c"], {"a"}, 10) == 1.0
    assert ndcg(["a", "b", "c"], {"b"}, 10) == pytest.approx(1 / math.log2(3))
    # Ranks 1 and 3 of what could be 1 and 2.
    assert ndcg(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg(["x", "y", "a"], {"a"}, 2) == 0.0
    assert ndcg([], {"a"}, 10) == 0.0
    assert ndcg(["a"], set(), 10) == 0.0


def test_recall_by_hand():
    assert recall(["a", "x", "b"], {"a", "b", "c", "d"}, 3) == 0.5
    assert recall(["x", "a"], {"a"}, 1) == 0.0
    assert recall(["x", "a"], {"a"}, 5) == 1.0
    assert recall(["x"], set(), 5) == 0.0


def test_reciprocal_rank_by_hand():
    assert reciprocal_rank(["x", "y", "a", "b"], {"a", "b"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], {"a"}) == 0.0


def test_all_measures_have_their_names():
    assert tuple(measured(["a"], {"a"})) == MEASURES
    assert set(measured(["a"], {"a"}).values()) == {1.0}


def test_rank_fusion_by_hand():
    # a: 1/61 + 1/63, b: 1/62 + 1/61, c: 1/62, d: 1/63
    assert rank_fusion([["a", "b", "d"], ["b", "c", "a"]]) == ["b", "a", "c", "d"]
    assert rank_fusion([["a"], []]) == ["a"]
    assert rank_fusion([]) == []


def test_a_text_stands_where_its_best_passage_stands():
    unit_of = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
    assert units_of(["a2", "b1", "a1", "c1"], unit_of, 10) == ["a", "b", "c"]
    assert units_of(["a2", "b1", "a1", "c1"], unit_of, 2) == ["a", "b"]


def test_differences_are_paired():
    apart = difference("mrr", "lexical", [1.0, 0.5, 1.0], [0.5, 0.0, 0.5], ["a", "b", "c"])
    assert (apart["value"], apart["low"], apart["high"]) == (0.5, 0.5, 0.5)
    assert difference("mrr", "lexical", [], [], [])["value"] == 0.0


def test_a_row_compares_the_shipped_way_with_all_others():
    tally = Tally(passages=3)
    for cluster, found in (("x", ["a"]), ("y", ["z", "a"])):
        tally.clusters.append(cluster)
        tally.add("lexical", measured(found, {"a"}))
        tally.add("hybrid", measured(["a"], {"a"}))
    found = row("faq", tally)
    assert (found["queries"], found["passages"]) == (2, 3)
    mrr = {way: next(m for m in metrics if m["name"] == "mrr") for way, metrics in found["ways"].items()}
    assert (mrr["lexical"]["value"], mrr["hybrid"]["value"]) == (0.75, 1.0)
    assert (mrr["lexical"]["low"], mrr["lexical"]["high"]) == (0.5, 1.0)
    assert {d["against"] for d in found["differences"]} == {"lexical"}
    assert next(d for d in found["differences"] if d["measure"] == "mrr")["value"] == 0.25
