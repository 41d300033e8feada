"""What one pays oneself is computed from the newest share, marked, with both inputs; else nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.documents import TODAY

from app.assistant import Assistant
from app.settings import Settings

HEAD = "---\ntitle: {title}\ndate: {date}\nkind: guideline\n---\n\n# {title}\n\n"
OLD = "Die Zuwendung beträgt bis zu 70 Prozent der zuwendungsfähigen Ausgaben für Sicherheitsanalysen."
NEW = "Die Zuwendung beträgt bis zu 80 Prozent der zuwendungsfähigen Ausgaben für Sicherheitsanalysen."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("shares")
    for name, date, text in (("alt", "2020-02-20", OLD), ("neu", "2022-03-01", NEW)):
        head = HEAD.format(title=f"Förderrichtlinie Sichere Orte, Fassung {date[:4]}", date=date)
        (folder / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    with Assistant(Settings(data=folder / "data")) as found:
        assert len(found.ingest([folder], today=TODAY).added) == 2
        yield found


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch ist der Eigenanteil bei einem Projekt für 45.000 Euro?",
        "Unser Vorhaben kostet 45.000 Euro. Wie viel davon müssen wir aus eigener Tasche aufbringen?",
        "Wir planen etwas für 45 000 €, was müssen wir selbst beisteuern?",
        "What is our own share for 45000 EUR?",
    ],
)
def test_the_rest_of_the_share_is_computed_and_marked(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "9.000 Euro" in answer.short
    assert answer.short.startswith(("rechnerisch", "computed"))
    share, amount = answer.figures
    assert (share.value, share.derived) == (80, None)
    assert (amount.value, amount.unit, amount.qualifier, amount.citation) == (9000, "EUR", "mindestens", share.citation)
    assert amount.derived
    assert "80 Prozent" in amount.derived
    assert "45.000 Euro" in amount.derived
    assert answer.citations[0].quote == NEW


def test_a_day_before_the_newer_share(assistant: Assistant) -> None:
    answer = assistant.ask("Eigenanteil bei 45.000 Euro?", as_of="2021-01-01")
    assert "13.500 Euro" in answer.short


def test_a_follow_up_with_another_sum(assistant: Assistant) -> None:
    answer = assistant.ask("Und wenn es nur 10.000 Euro sind?", history=["Eigenanteil bei 45.000 Euro?"])
    assert "2.000 Euro" in answer.short


@pytest.mark.parametrize("question", ["Was kostet ein Projekt für 45.000 Euro?", "Wie hoch ist der Eigenanteil?"])
def test_nothing_is_computed_without_a_sum_and_a_share_to_pay(assistant: Assistant, question: str) -> None:
    assert all(figure.derived is None for figure in assistant.ask(question).figures)
