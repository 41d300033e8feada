"""Cases are read as documented, and refused by file, line and reason where they are wrong."""

import json

import pytest

from eval.quality.cases import load_cases
from eval.quality.checking import problems
from eval.quality.evidence import occurrences
from ingest.errors import InputError, UnreadableFile

GOOD = {
    "id": "a", "question": "Wie viele Räte?", "kind": "figure", "answerable": True, "statuses": ["answered"],
    "expected": [{"type": "number", "value": 28, "unit": "Räte"}], "evidence": [{"source": "a.md", "quote": "28 Räte"}],
    "style": ["paraphrase"], "persona": "press", "history": ["Und sonst?"], "today": "2022-01-01",
}  # fmt: skip


def written(folder, *rows):
    path = folder / "fälle.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_case_is_read_with_all_its_fields(tmp_path):
    (case,) = load_cases(written(tmp_path, GOOD))
    assert (case.id, case.kind, case.statuses, case.history) == ("a", "figure", {"answered"}, ("Und sonst?",))
    assert (case.expected[0].value, str(case.expected[0]), case.cluster) == (28, "28 Räte", "a.md")
    assert str(case.today) == "2022-01-01"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "guess"}, "»kind« kennt 'guess' nicht"),
        ({"statuses": []}, "Das Feld »statuses« fehlt."),
        ({"statuses": ["done"]}, "»statuses« kennt 'done' nicht"),
        ({"expected": []}, "braucht »expected«"),
        ({"evidence": []}, "braucht »evidence«"),
        ({"evidence": [{"source": "a.md"}]}, "Das Feld »quote« fehlt."),
        ({"statuses": ["no_evidence"]}, "darf nicht »no_evidence« erlauben"),
        ({"expected": [{"type": "number", "value": "28"}]}, "keine Zahl: '28'"),
        ({"expected": [{"type": "date", "value": "2021-13"}]}, "kein Datum: '2021-13'"),
        ({"expected": [{"type": "name"}]}, "braucht »any«"),
        ({"expected": [{"type": "colour", "value": 1}]}, "»type« kennt 'colour' nicht"),
        ({"as_of": "gestern"}, "»as_of« ist kein Datum"),
        ({"style": ["loud"]}, "»style« kennt 'loud' nicht"),
        ({"answer": "28"}, "unbekanntes Feld: answer"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, change, reason):
    path = written(tmp_path, GOOD, GOOD | {"id": "b"} | change)
    with pytest.raises(InputError) as error:
        load_cases(path)
    assert error.value.message.startswith("»fälle.jsonl«, Zeile 3: ")
    assert reason in error.value.message
    assert "README" in error.value.hint


def test_broken_json_twice_the_same_id_and_no_file(tmp_path):
    path = written(tmp_path, GOOD, GOOD)
    with pytest.raises(InputError, match="»a« gibt es schon"):
        load_cases(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="Zeile 1"):
        load_cases(path)
    with pytest.raises(UnreadableFile):
        load_cases(tmp_path / "fehlt.jsonl")


def test_quotes_are_found_white_space_aside():
    text = "Es sind 28\n  Räte. Es sind 28 Räte."
    assert [text[a:b] for a, b in occurrences(text, "28 Räte")] == ["28\n  Räte", "28 Räte"]
    assert occurrences(text, "28 Vereine") == []
    listed = "Es sind:\n– Musterau\n– Erdachtau"
    assert occurrences(listed, "- Musterau\n- Erdachtau") == [(11, len(listed))]
    assert occurrences("Ort: Musterau; Räte: 3; Jahr: 2020.", "| Musterau | 3 | – | 2020 |") == [(5, 34)]


def test_cases_are_compared_with_the_documents(tmp_path):
    source = "torgau-tritt-bei.pdf"
    rows = [
        GOOD | {"id": "no file", "corpus": "sample"},
        GOOD | {"id": "no quote", "corpus": "sample", "evidence": [{"source": source, "quote": "grüne Kühe"}]},
        GOOD | {"id": "no value", "corpus": "sample", "evidence": [{"source": source, "quote": "Torgau"}]},
        GOOD
        | {
            "id": "good",
            "corpus": "sample",
            "question": "Wer?",
            "expected": [{"type": "name", "any": ["Torgau"]}],
            "evidence": [{"source": source, "quote": "Torgau"}],
        },
    ]
    found = problems(load_cases(written(tmp_path, *rows)))
    assert [line for line in found if line.startswith("good")] == []
    assert "no file: Das Dokument »a.md« gibt es nicht." in found
    assert f"no quote: »{source}« enthält nicht »grüne Kühe«." in found
    assert "no value: Kein Beleg enthält den erwarteten Wert: 28 Räte" in found
    assert "no quote: dieselbe Frage wie no file" in found
