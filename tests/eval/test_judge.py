"""One reply against one case: every fault is found, and what is right is not called wrong."""

from dataclasses import replace

import pytest

from eval.quality.cases import Case, Evidence, Value
from eval.quality.judge import Stored, judge
from eval.quality.metrics import metrics
from eval.quality.reply import Cited, Reply, failed

TEXT = "Im Juli waren es 28 Räte. Die Bürgermeisterin Erna Exempel lobte das. Vorher waren es 21 Räte."
STORED = Stored(
    {"d": TEXT, "old": TEXT}, {"neu.md": "2022-07-22", "alt.md": "2021-06-25"}, {"neu.md": "d", "alt.md": "old"}
)
SPANS = {"neu.md": [(0, 25)]}
CASE = Case(
    "c", "Wie viele Räte?", "figure", True, frozenset({"answered"}),
    expected=(Value("number", 28, "Räte"),), wrong=(Value("number", 21, "Räte"),),
    evidence=(Evidence("neu.md", "Im Juli waren es 28 Räte."),),
)  # fmt: skip
FIRST = Cited(1, "d", "neu.md", 0, 25, TEXT[:25], "2022-07-22")
RIGHT = Reply("answered", "28 Räte (Stand 22.07.2022)", "»Im Juli waren es 28 Räte.« [1]", citations=(FIRST,))
REFUSED = Reply("no_evidence", "Dazu steht nichts da.", "")
IMPOSSIBLE = Case("u", "Und der Eintritt?", "missing-detail", False, frozenset({"no_evidence", "partial"}))


def judged(reply, case=CASE):
    return judge(case, reply, STORED, SPANS if case is CASE else {})


def test_right():
    one = judged(RIGHT)
    assert one.faults == ()
    assert (one.right, one.crag, one.right_document, one.right_passage, one.stale) == (True, 1, True, True, False)
    assert (one.statements, one.cited, one.citations, one.holding, one.verbatim) == (1, 1, 1, 1, 1)
    assert one.unsupported == ()


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (replace(RIGHT, status="partial"), "Status partial statt answered"),
        (replace(RIGHT, short="viele Räte", text="Es gab viele [1]"), "fehlt: 28 Räte"),
        (replace(RIGHT, short="21 Räte"), "falsch: 21 Räte"),
        (replace(RIGHT, short="28 Räte, vielleicht 30 Räte"), "zu viel: 30 Räte"),
        (failed(ValueError("kaputt")), "Fehler: ValueError: kaputt"),
    ],
)
def test_each_fault_is_named(reply, fault):
    assert fault in judged(reply).faults


def test_a_refusal_says_nothing_wrong_and_nothing_right():
    assert (judged(REFUSED).right, judged(REFUSED).crag) == (False, 0)
    assert (judged(REFUSED, IMPOSSIBLE).right, judged(REFUSED, IMPOSSIBLE).crag) == (True, 1)
    assert judged(RIGHT, IMPOSSIBLE).crag == -1


def test_a_mark_whose_passage_says_something_else():
    other = replace(FIRST, start=26, end=69, quote=TEXT[26:69])
    one = judged(replace(RIGHT, citations=(other,)))
    assert (one.holding, one.cited, one.right_passage) == (0, 0, False)
    assert one.unsupported == ("28",)


def test_an_unmarked_statement_is_not_cited():
    one = judged(replace(RIGHT, text="Es sind 28 Räte.\n\n»Im Juli waren es 28 Räte.« [1]\n\nStand: 22.07.2022."))
    assert (one.statements, one.cited) == (2, 1)


def test_a_quotation_is_one_statement_and_a_mark_behind_the_full_stop_belongs_before_it():
    text = "»Es sind drei: 1. Musterau 2. Erdachtau 3. Probehain.« [2]\n\nDas gilt. [1] Sonst nichts."
    assert Reply("answered", "", text).statements() == [
        ("»Es sind drei: 1. Musterau 2. Erdachtau 3. Probehain.«", (2,)),
        ("Das gilt.", (1,)),
        ("Sonst nichts.", ()),
    ]


def test_a_computed_figure_holds_itself_and_its_inputs_and_nothing_else():
    text = "rechnerisch 7 Räte mehr, 28 − 21; dazu 99 Räte. [1]"
    one = judged(replace(RIGHT, text=text, derived=("7 Räte; rechnerisch: 28 − 21 = 7",)))
    assert one.unsupported == ("99",)
    assert one.cited == 0


def test_offsets_are_compared_with_the_stored_text():
    assert judged(replace(RIGHT, citations=(replace(FIRST, start=1),))).verbatim == 0


def test_an_old_value_is_stale_only_where_a_newer_document_has_the_right_one():
    old = Cited(1, "old", "alt.md", 70, len(TEXT), TEXT[70:], "2021-06-25")
    given = replace(RIGHT, short="21 Räte", text="»Vorher waren es 21 Räte.« [1]", citations=(old,))
    assert judged(given).stale
    assert not judged(replace(given, citations=(replace(old, published="2022-07-22"),))).stale


def test_metrics_of_four_replies():
    """Two answerable (one right, one refused), two not (one refused, one answered)."""
    rows = [judged(RIGHT), judged(REFUSED), judged(REFUSED, IMPOSSIBLE), judged(RIGHT, IMPOSSIBLE)]
    value = {metric.name: metric.value for metric in metrics(rows)}
    assert value["accuracy"] == 0.5
    assert value["crag"] == pytest.approx((1 + 0 + 1 - 1) / 4)
    assert value["refusal_recall"] == 0.5
    assert value["refusal_precision"] == 0.5
    assert value["over_refusal"] == 0.5
    assert value["citation_precision"] == value["citation_recall"] == value["offsets"] == 1.0
    assert value["errors"] == value["unsupported"] == 0.0


def test_a_refusal_that_shows_the_right_sentence_is_still_a_refusal():
    near = judged(replace(REFUSED, nearest=(FIRST,)))
    value = {metric.name: metric.value for metric in metrics([near, judged(REFUSED), judged(RIGHT)])}
    assert value["nearest_evidence"] == 0.5
    assert value["over_refusal"] == pytest.approx(2 / 3)
    assert judged(replace(REFUSED, nearest=(replace(FIRST, start=1),))).verbatim == 0


def test_an_error_is_counted_as_an_error_and_not_as_a_refusal():
    value = {metric.name: metric for metric in metrics([judged(failed(OSError("weg"))), judged(RIGHT)])}
    assert (value["errors"].value, value["over_refusal"].value, value["accuracy"].value) == (0.5, 0.0, 0.5)
    assert value["p50_ms"].total == 1
