"""The sample corpus: built by the kept script, marked, complete, and readable by our own readers."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eval.build_sample import build
from eval.corpus.sources import NOTE, SAMPLE, SampleError, read_source
from ingest.passages import split
from ingest.reading import read_document

DOCUMENTS = sorted((SAMPLE / "documents").iterdir())
LEAST = {".md": 10, ".txt": 10, ".html": 6, ".pdf": 8}


def test_the_script_makes_the_same_bytes(tmp_path: Path):
    shutil.copytree(SAMPLE / "source", tmp_path / "source")
    built = build(tmp_path)
    assert len(built) == len(DOCUMENTS) >= 60
    assert {p.name: p.read_bytes() for p in built} == {p.name: p.read_bytes() for p in DOCUMENTS}


def test_there_are_enough_of_each_format():
    counts = Counter(path.suffix for path in DOCUMENTS)
    assert all(counts[suffix] >= least for suffix, least in LEAST.items()), counts


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_document_is_marked_and_leads_to_its_original(path: Path):
    document = read_document(path, origin=path.name, source=path.name, today=date(2026, 1, 1))
    assert document.note == NOTE
    assert document.publisher == "Projekt Auskunft"
    assert "http" in (document.url or document.text)
    assert split(document)
    for section in document.sections:
        if section.role == "body":
            body = document.text[section.start : section.end]
            assert "Musterstraße" not in body
            assert "23125" not in body
            assert "Straßenbahn" not in body


def test_a_source_with_a_wrong_key_is_refused_by_name(tmp_path: Path):
    good = (SAMPLE / "source" / "torgau-tritt-bei.md").read_text(encoding="utf-8")
    path = tmp_path / "falsch.md"
    path.write_text(good.replace("kind:", "knid:"), encoding="utf-8")
    with pytest.raises(SampleError, match="falsch"):
        read_source(path)
