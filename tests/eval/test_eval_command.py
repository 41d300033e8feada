"""`auskunft eval` as people and scripts meet it, with cases of their own over documents of their own."""

import json

import pytest
from support.processes import call

from app.assistant import Assistant
from app.settings import Settings
from app.web.quality.stored import newest_run

LETTER = "---\ntitle: Räte\ndate: 2022-07-22\n---\n\nIn Musterland gibt es 28 Präventionsräte.\n"
QUOTE = "In Musterland gibt es 28 Präventionsräte."
CASES = [
    {
        "id": "räte",
        "question": "Wie viele Präventionsräte gibt es in Musterland?",
        "kind": "figure",
        "answerable": True,
        "statuses": ["answered"],
        "expected": [{"type": "number", "value": 28, "unit": "Präventionsräte"}],
        "evidence": [{"source": "brief.md", "quote": QUOTE}],
        "persona": "press",
    },
    {
        "id": "zoo",
        "question": "Was frisst ein Pinguin im Zoo?",
        "kind": "out-of-scope",
        "answerable": False,
        "statuses": ["no_evidence"],
        "persona": "clerk",
    },
]


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "daten"
    (tmp_path / "brief.md").write_text(LETTER, encoding="utf-8")
    with Assistant(Settings(data=folder)) as assistant:
        assert len(assistant.ingest([tmp_path / "brief.md"]).added) == 1
    return folder


def cases(folder, rows=CASES):
    path = folder / "fälle.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_own_cases_over_an_own_folder(data, tmp_path):
    result = call(data, "eval", "--set", str(cases(tmp_path)), "--out", str(tmp_path / "läufe"))
    assert result.code == 0, result.err
    assert "fälle (auskunft): 2 Fragen" in result.out
    assert "Richtig beantwortet (beantwortbare Fragen)  100,0 %" in result.out
    assert "Unbeantwortbares erkannt" in result.out
    (path,) = (tmp_path / "läufe").glob("fälle-auskunft-*.json")
    run = json.loads(path.read_text(encoding="utf-8"))
    assert [case["right"] for case in run["cases"]] == [True, True]
    assert run["cases"][0]["rank"] == 1
    assert run["spec"]["qdrant-edge-py"]
    report = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "2 von 2 Fragen richtig" in report
    assert "Was frisst ein Pinguin im Zoo?" in report
    assert "<script" not in report

    again = call(data, "eval", "--set", str(cases(tmp_path)), "--compare", str(path))
    assert "gegen früher: 0 gewonnen, 2 gleich, 0 verloren" in again.out


def test_json_is_all_that_is_printed(data, tmp_path):
    result = call(data, "eval", "--set", str(cases(tmp_path)), "--json")
    assert {case["id"] for case in result.json["cases"]} == {"räte", "zoo"}


def test_a_kept_run_is_what_the_web_app_shows(data, tmp_path):
    assert call(data, "eval", "--set", str(cases(tmp_path)), "--keep").code == 0
    run = newest_run(data)
    assert [case.id for case in run.cases] == ["räte", "zoo"]
    assert run.collections[0].title["de"] == "Dokumente des Datenordners"
    assert (run.collections[0].documents, run.collections[0].questions) == (1, 2)
    assert list((data / "quality").glob("*.part")) == []


def test_check_says_what_does_not_fit(data, tmp_path):
    assert call(data, "eval", "check", "--set", str(cases(tmp_path))).code == 0
    wrong = [CASES[0] | {"evidence": [{"source": "brief.md", "quote": "29 Räte"}]}]
    result = call(data, "eval", "check", "--set", str(cases(tmp_path, wrong)))
    assert result.code == 1
    assert "räte: »brief.md« enthält nicht »29 Räte«." in result.out


def test_a_wrong_set_is_refused_by_name(data, tmp_path):
    result = call(data, "eval", "--set", str(tmp_path / "fehlt.jsonl"))
    assert result.code == 2
    assert "fehlt.jsonl« sind nicht lesbar" in result.err
    assert "Traceback" not in result.err
