"""A day that stands outside the sentence of a figure is cited where it stands."""

from __future__ import annotations

from pathlib import Path

from app.assistant import Assistant
from app.settings import Settings

LIST = """---
title: Verzeichnis der Kommunen von ASSKomm
date: 2023-07-03
---

Stand: 31. März 2023

Derzeit werden bei ASSKomm 50 Kommunen beraten.
"""
RELEASE = """---
title: ASSKomm wächst
date: 2023-08-20
---

Derzeit werden bei ASSKomm 52 Kommunen beraten.
"""


def test_the_day_of_an_earlier_figure_is_cited(tmp_path: Path) -> None:
    for name, text in (("liste.md", LIST), ("meldung.md", RELEASE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Assistant(Settings(data=tmp_path / "data")) as assistant:
        assert len(assistant.ingest([tmp_path]).added) == 2
        answer = assistant.ask("Wie viele Kommunen werden beraten?").to_json()
    assert answer["short"].startswith("52 Kommunen")
    assert answer["notes"][0] == "Frühere Angabe: 50 Kommunen (Stand 31.03.2023) [2] [3]."
    assert answer["citations"][2]["quote"] == "Stand: 31. März 2023"
