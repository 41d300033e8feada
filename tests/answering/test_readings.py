"""Names of two places and two persons of an invented state: each reading with its own answer; verdicts as shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.documents import opened

from app.assistant import Assistant

DOCUMENTS = {
    "liste": (
        "Mitglieder in den Kreisen",
        "2024-03-01",
        """## Landkreis Wolkenau

| Kommune | Unterzeichnung | Einwohner |
|---|---|---|
| Kringelfurt | 03.02.2021 | 4.100 |
| Nebelheim | 05.02.2021 | 2.100 |

## Landkreis Sturmtal

| Kommune | Unterzeichnung | Einwohner |
|---|---|---|
| Kringelfurt | 09.08.2022 | 8.200 |
""",
    ),
    "rathaus": (
        "Zwei Rathäuser, ein Vorname",
        "2024-04-02",
        "In Nebelheim regiert Bürgermeister Peter Graupel. In Hagelsbach regiert Bürgermeister Peter Nieselbert.",
    ),
    "alt": ("Merkblatt Beratung 2022", "2022-01-05", "Die Teilnahme an der Beratung ist kostenpflichtig."),
    "neu": ("Merkblatt Beratung 2024", "2024-01-05", "Die Teilnahme an der Beratung ist kostenfrei."),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with opened(tmp_path_factory.mktemp("readings"), DOCUMENTS) as found:
        yield found


def test_a_name_in_two_districts_has_two_answers(assistant: Assistant) -> None:
    answer = assistant.ask("Wann hat Kringelfurt unterschrieben?")
    assert answer.status == "ambiguous"
    assert "Kringelfurt (Sturmtal): 09.08.2022" in answer.short
    assert "Kringelfurt (Wolkenau): 03.02.2021" in answer.short
    assert len(answer.citations) == 2


def test_the_district_of_both(assistant: Assistant) -> None:
    answer = assistant.ask("Zu welchem Landkreis gehört Kringelfurt?")
    assert answer.status != "answered" or "Wolkenau" not in answer.short


def test_a_name_of_one_district_has_one_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Wann hat Nebelheim unterschrieben?")
    assert answer.status == "answered"
    assert "05.02.2021" in answer.short


def test_a_given_name_of_two_mayors(assistant: Assistant) -> None:
    answer = assistant.ask("Wo ist Bürgermeister Peter im Amt?")
    assert answer.status == "ambiguous"
    assert {"Peter Graupel", "Peter Nieselbert"} <= {name.split(":")[0] for name in answer.short.split("; ")}


def test_the_newest_text_decides_and_the_older_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Ist die Teilnahme an der Beratung kostenlos?")
    assert (answer.status, answer.short[:3]) == ("answered", "Ja:")
    assert any("05.01.2022" in note for note in answer.notes)
    before = assistant.ask("Ist die Teilnahme an der Beratung kostenlos?", as_of="2023-01-01")
    assert before.short.startswith("Nein:")
    assert before.citations[0].quote == "Die Teilnahme an der Beratung ist kostenpflichtig."
