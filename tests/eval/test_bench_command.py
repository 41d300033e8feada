"""`auskunft bench` as people and scripts meet it, at sizes that take seconds."""

import argparse
import json

import pytest

from eval.bench import command, material
from eval.bench.chart import Line, axis, chart
from eval.bench.page import lines_of
from eval.bench.speed import rate, spread
from eval.bench.speedtables import ratios, tables
from eval.bench.stock import Stock, missing
from ingest.errors import AuskunftError, DataError, InputError


def call(*args):
    """The command in this process: an installed copy may be older than its entry points."""
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    parsed = parser.parse_args(["bench", *map(str, args)])
    return parsed.run(parsed)


def test_sizes():
    assert command.sizes_of("1000, 200,1000") == (200, 1000)
    for wrong in ("", "1000,", "0", "-5", "viele"):
        with pytest.raises(InputError):
            command.sizes_of(wrong)


def test_retrieval_without_material_says_so(capsys):
    assert call("retrieval", "--sets", "faq", "--no-stock") == 0
    assert "nicht gemessen: faq" in capsys.readouterr().err


def test_retrieval_as_json_and_page(tmp_path, capsys):
    (tmp_path / "retrieval").mkdir()
    rows = "question_1,question_2,similar\nWann öffnet das Bad?,Ab wann ist das Bad offen?,1\nWer zahlt?,Wo?,0\n"
    (tmp_path / "retrieval/eval_question_similarity_de.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / "lauf"
    given = ("--sets", "paraphrases", "--material", tmp_path, "--no-stock")
    assert call("retrieval", *given, "--out", out, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    (path,) = out.glob("bench-retrieval-*.json")
    assert json.loads(path.read_text(encoding="utf-8")) == printed
    assert printed["spec"]["embedding"]
    assert printed["sets"][0]["queries"] == 1
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "Umformulierung zu Frage: 1 Fragen" in page
    assert "<script" not in page
    assert call("retrieval", *given) == 0
    assert "beides (wie ausgeliefert)" in capsys.readouterr().out


@pytest.mark.slow
def test_speed_of_a_few_passages(tmp_path, capsys):
    assert call("speed", "--passages", "30,60", "--no-stock", "--out", tmp_path) == 0
    out = capsys.readouterr().out
    assert "Beispielbestand, wiederholt mit geänderten Zahlen" in out
    (path,) = tmp_path.glob("bench-speed-*.json")  # one file, written after every size
    report = json.loads(path.read_text(encoding="utf-8"))
    assert [row["passages"] for row in report["ours"]] == [30, 60]
    assert [row["index"]["passages"] for row in report["ours"]] == [30, 60]
    assert all(
        row["query"]["search"]["p50"] > 0 and row["start"] > 0 and row["memory_mb"] > 0 for row in report["ours"]
    )
    assert report["embedding"]["per_second"] > 0
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert '<svg class="verlauf"' in page
    assert "<table>" in page


def test_what_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("eval.bench.stock.NEEDED", {"nicht_da": "nicht-da", "nicht.da.drin": "auch-nicht"})
    assert missing() == ["nicht-da", "auch-nicht"]
    with pytest.raises(DataError, match="nicht-da, auch-nicht"):
        call("retrieval", "--sets", "faq", "--stock")
    with pytest.raises(AuskunftError, match="nicht-da"):
        Stock(tmp_path)


def test_as_many_passages_as_are_asked_with_ids_of_their_own():
    found = list(material.passages(None, 700))
    assert len(found) == 700
    assert len({id for id, _ in found}) == 700
    assert len({text for _, text in found}) > 690  # some have no number that could change


def test_changed_numbers():
    assert material.changed("am 12. Mai 2020", 0) == "am 12. Mai 2020"
    assert material.changed("am 12. Mai 2020", 3) == "am 15. Mai 2023"


def test_files_of_the_same_documents(tmp_path):
    material.write_files(None, 20, tmp_path)
    assert sum(1 for path in tmp_path.glob("*.md")) == len(list(material.documents(None, 20)))


def test_rates_and_spreads_by_hand():
    assert rate({"passages": 50, "seconds": 2.0})["per_second"] == 25.0
    assert rate({"passages": 50, "seconds": 2.0})["ms"] == 40.0
    assert spread([1.0, 2.0, 3.0]) == {"p50": 2.0, "p95": pytest.approx(2.9)}


REPORT = {
    "material": "Gesetze",
    "questions": 200,
    "embedding": {"passages": 100, "per_second": 5000.0, "ms": 0.2, "cpu": 0.02},
    "ours": [
        {
            "passages": 1000,
            "index": {
                "passages": 1000, "seconds": 1.0, "per_second": 1000.0, "ms": 1.0, "vectors": 0.3, "store": 0.2,
                "catalogue": 0.4, "closing": 0.1, "peak_mb": 90.0,
            },
            "query": {name: {"p50": 2.0, "p95": 3.0} for name in ("search", "embed", "sparse", "dense")},
            "opening": 0.1, "memory_mb": 100.0, "start": 0.9, "disk_mb": 12.0,
        }
    ],
    "stock": {
        "ingest": {"passages": 1000, "per_second": 20.0, "ms": 50.0},
        "sizes": [
            {
                "passages": 1000, "memory_mb": 700.0, "start": 9.0,
                "query": {
                    "hybrid": {"p50": 40.0, "p95": 50.0}, "dense": {"p50": 8.0, "p95": 9.0}, "embed": {"p50": 5.0},
                },
            }
        ],
    },
}  # fmt: skip


def test_ratios_by_hand():
    factors = {name: factor for name, _, factor in ratios(REPORT)}
    assert factors["Aufnahme"] == 50.0
    assert factors["Aufnahme ohne Katalog und Schließen"] == pytest.approx(100.0)
    assert factors["Suche gegen hybride Suche, p50"] == 20.0
    assert factors["Suche gegen dichte Suche, p50"] == 4.0
    assert factors["Suche gegen dichte Suche samt Einbettung der Frage"] == 6.5
    assert factors["Vektoren gegen Vektoren, p50"] == 4.0


def test_tables_of_both_sides():
    titles = [table.title for table in tables(REPORT)]
    assert titles[-1] == "Verhältnis zu LlamaIndex"
    for table in tables(REPORT):
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.title


def test_the_chart_says_its_points_and_uses_powers_of_ten():
    scale = axis([20, 3000], 0, 100)
    assert (scale.ticks, scale(10), scale(100), scale(10_000)) == (
        [10, 100, 1000, 10_000],
        0,
        pytest.approx(100 / 3),
        100,
    )
    picture = chart("Titel", "A: 2 ms", "ms", lines_of(REPORT))
    assert picture.count("<polyline") == 3
    assert "<desc" in picture
    assert chart("Titel", "", "ms", [Line("leer", [])]) == ""


@pytest.mark.slow
@pytest.mark.skipif(bool(missing()), reason="the packages of the comparison are not installed")
def test_stock_finds_a_passage_by_its_words(tmp_path):
    stock = Stock(tmp_path)
    ids = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"]
    stock.add(list(zip(ids, ["Das Freibad öffnet um neun Uhr.", "Die Bücherei verleiht Bücher."], strict=True)))
    assert stock.ranking("Wann öffnet das Freibad?", 2)[0] == ids[0]
    assert set(stock.ranking("Wann öffnet das Freibad?", 2, hybrid=False)) == set(ids)
    stock.close()
