"""The training of the embedding, from texts to a folder, in small."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.training import corpus, meanings

FEDERAL = """# Gesetz über Messungen (MessG)

Ausfertigungsdatum
:   1999-01-01

## Erster Abschnitt - Allgemeines

### § 1 Anwendungsbereich

(1) Dieses Gesetz gilt für Messungen der Landes-
behörden nach Maßgabe der folgenden Vorschriften. (2) Es gilt nicht für Zwecke der Ausbildung.

1.  Messungen von Längen und Flächen,

2.  Messungen von Gewichten.
"""


def test_sections_have_bare_headings_and_sentences():
    _, part = corpus.parts("messg", "Gesetz über Messungen", FEDERAL)
    assert part.heading == "Anwendungsbereich"
    assert part.sentences == (
        "Dieses Gesetz gilt für Messungen der Landes-behörden nach Maßgabe der folgenden Vorschriften.",
        "Es gilt nicht für Zwecke der Ausbildung.",
        "Messungen von Längen und Flächen,",
        "Messungen von Gewichten.",
    )


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("Richtlinie Sport II. Gegenstand der Förderung", "Gegenstand der Förderung"),
        ("Richtlinie Sport § 3a Verfahren", "Verfahren"),
        ("Richtlinie Sport Anlage 2", ""),
        ("Art 12 Inkrafttreten", "Inkrafttreten"),
        ("Zweiter Abschnitt - Besondere Pflichten", "Besondere Pflichten"),
    ],
)
def test_headings_lose_title_and_number(heading: str, bare: str):
    assert corpus.bare(heading, "Richtlinie Sport") == bare


def test_wordings_of_one_meaning_are_at_least_two():
    groups = meanings.groups()
    assert len(groups) > 300
    assert all(len(group) > 1 and all(wording.strip() for wording in group) for group in groups)


def records() -> Iterator[dict[str, str]]:
    things = ["Brücken", "Straßen", "Schulen", "Wälder", "Häfen", "Museen", "Bäder", "Brunnen", "Deiche", "Märkte"]
    deeds = ["gebaut", "gepflegt", "gesperrt", "vermessen", "gefördert", "geprüft", "verkauft", "gereinigt"]
    for number, thing in enumerate(things * 12):
        lines = [f"# Verordnung über {thing} Nummer {number}"]
        for place, deed in enumerate(deeds):
            lines += [f"## § {place + 1} Wie {thing} {deed} werden"]
            lines += [f"Hier werden {thing} von der Behörde {number} {deed}. Die Kosten dafür trägt das Land {place}."]
        yield {"id": f"text-{number}", "title": f"Verordnung über {thing} Nummer {number}", "text": "\n\n".join(lines)}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    with gzip.open(folder / "saxon_law.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records())
    return folder


def test_held_out_texts_are_apart(texts: Path):
    kept = {part.text_id for part in corpus.read(texts)}
    held_out = {part.text_id for part in corpus.read(texts, held_out=True)}
    assert kept
    assert held_out
    assert not kept & held_out
    assert "text-1" not in {part.text_id for part in corpus.read(texts, left_out=frozenset({"text-1"}))}


@pytest.mark.filterwarnings("default")
def test_two_runs_find_the_same_texts_near(texts: Path, tmp_path: Path):
    """The axes may turn, since the tokenizer breaks ties as its threads come; what is near what stays."""
    from index.static import StaticEmbedder
    from index.training.__main__ import main

    options = [
        "--data",
        str(texts),
        "--lessons",
        "150",
        "--steps",
        "4",
        "--size",
        "700",
        "--batch",
        "256",
        "--dimension",
        "32",
    ]
    said = ["Brücken werden gebaut", "Kosten für Brücken", "Wälder werden gepflegt"]
    near = []
    for name in ("one", "two"):
        main([*options, "--out", str(tmp_path / name)])
        rows = StaticEmbedder(tmp_path / name).embed(said)
        assert np.isfinite(rows).all()
        near.append(rows @ rows.T)
    assert near[0] == pytest.approx(near[1], abs=0.15)
