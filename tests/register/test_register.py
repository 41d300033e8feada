"""The register over a real catalogue: hand-made statements stored for real documents, and decisions about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.assistant import Assistant
from app.owner import wire
from app.register.register import Register
from app.settings import Settings
from index.register import store
from index.rows import facts
from ingest.errors import DocumentNotFound, InputError
from ingest.facts.types import Fact, PlaceRef
from ingest.types import Document

TODAY = datetime.date(2024, 1, 1)
TORGAU = PlaceRef("Torgau", "14730310", "Nordsachsen")
FIRST = "Stand 1. September 2021 gibt es 25 Räte in Kommunen."
SECOND = "Stand 22. Juli 2022 gibt es 28 Räte in Kommunen."
OTHER = "Stand 22. Juli 2022 gibt es 31 Räte in Kommunen."
JOINED = "Die Stadt Torgau hat am 25. Juni 2021 unterzeichnet."
HEAD = "---\ntitle: {title}\ndate: {date}\npublisher: {publisher}\nkind: release\n---\n"
DOCUMENTS = {
    "eins": (HEAD.format(title="Eins", date="2021-09-01", publisher="Stadt Torgau"), [FIRST, JOINED]),
    "zwei": (HEAD.format(title="Zwei", date="2022-07-22", publisher="Landespräventionsrat"), [SECOND]),
    "drei": (HEAD.format(title="Drei", date="2022-07-25", publisher="Torgauer Zeitung"), [OTHER]),
}


def count(value: int, as_of: str, quote: str, text: str, **more: Any) -> Fact:
    start = text.index(quote)
    fields: dict[str, Any] = {"as_of": as_of, "as_of_basis": "stated", "attributes": {"wording": "gibt es", "x": ["a"]}}
    return Fact("figure", "ASSKomm", "prevention_councils", value, "Räte", start, start + len(quote), **(fields | more))


def found_in(name: str, text: str) -> list[Fact]:
    if name == "eins":
        start = text.index(JOINED)
        joined = Fact(
            "member", "Torgau", "joined", "2021-06-25", "date", start, start + len(JOINED), place=TORGAU,
            as_of="2021-06-25", as_of_basis="stated", attributes={"present": ["Erika Muster"]},
        )  # fmt: skip
        return [count(25, "2021-09-01", FIRST, text), joined]
    value, quote = {"zwei": (28, SECOND), "drei": (31, OTHER)}[name]
    return [count(value, "2022-07-22", quote, text)]


def put(assistant: Assistant, change: Any = lambda name, found: found) -> None:
    """Hand-made statements in place of those that the rules read."""
    library = assistant.library
    library.register.bring_up_to_date()
    for summary in library.documents():
        name = summary.source.removesuffix(".md")
        document = library.document(summary.id)
        with library.database.writing() as connection:
            store(connection, document, change(name, found_in(name, document.text)))


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    folder = tmp_path / "dokumente"
    folder.mkdir()
    for name, (head, sentences) in DOCUMENTS.items():
        (folder / f"{name}.md").write_text(head + "\n\n".join(sentences) + "\n", encoding="utf-8")
    with Assistant(Settings(data=tmp_path / "data")) as assistant:
        assert len(assistant.ingest([folder], today=TODAY).added) == 3
        put(assistant)
        yield assistant


def values(rows: Any) -> list[tuple[Any, bool]]:
    return sorted((row.fact.value, row.superseded) for row in rows if row.fact.kind == "figure")


def test_rows_quote_their_document_and_say_what_is_superseded(assistant: Assistant):
    rows = assistant.facts()
    assert values(rows) == [(25, True), (28, False), (31, False)]
    assert {row.entry.quote for row in rows} == {FIRST, SECOND, OTHER, JOINED}
    assert {row.rank for row in rows} == {"authority", "issuer", "media"}
    body = next(row for row in rows if row.fact.kind == "member").to_json()
    text = assistant.document(body["citation"]["document_id"])[0].text
    assert text[body["citation"]["start"] : body["citation"]["end"]] == JOINED
    assert body["place"] == {"name": "Torgau", "ags": "14730310", "district": "Nordsachsen"}
    assert (body["reviewed"], body["superseded"], body["attributes"]) == (None, False, {"present": ["Erika Muster"]})


def test_filters(assistant: Assistant):
    assert [row.fact.kind for row in assistant.facts(kind="member")] == ["member"]
    assert len(assistant.facts(measure="prevention_councils")) == 3
    assert [row.fact.subject for row in assistant.facts(place="Torgaus")] == ["Torgau"]
    assert assistant.facts(place="Zwickau") == []
    with pytest.raises(InputError, match="beispiel"):
        assistant.facts(kind="beispiel")
    with pytest.raises(InputError):
        assistant.facts(as_of="gestern")


def test_as_of_shows_what_one_could_know(assistant: Assistant):
    assert values(assistant.facts(as_of="2022-01-01")) == [(25, False)]
    assert values(assistant.facts(as_of="2022-07-22")) == [(25, True), (28, False)]


def test_conflicts_name_the_issuer_first_and_go_when_they_are_settled(assistant: Assistant):
    (found,) = assistant.conflicts()
    assert [row.fact.value for row in found.statements] == [28, 31]
    assistant.decide(found.statements[1].id, "source_wrong", who="muster")
    assert assistant.conflicts() == []
    assistant.decide(found.statements[1].id, "reset", who="muster")
    assert [again.id for again in assistant.conflicts()] == [found.id]


def test_the_last_decision_holds_and_all_are_kept(assistant: Assistant):
    row = next(row for row in assistant.facts() if row.fact.value == 25)
    assert assistant.decide(row.id[:12], "hide", who="muster", note=" doppelt ").hidden
    assert row.id not in {one.id for one in assistant.facts()}
    assert row.id in {one.id for one in assistant.facts(hidden=True)}
    assistant.decide(row.id, "confirm", who="beispiel")
    now, history = assistant.fact(row.id)
    assert [(d.action, d.who, d.note) for d in history] == [("hide", "muster", "doppelt"), ("confirm", "beispiel", "")]
    assert now.to_json()["reviewed"]["by"] == "beispiel"
    assert row.id in {one.id for one in assistant.facts()}


def test_a_correction_is_added_to_a_correction(assistant: Assistant):
    row = next(row for row in assistant.facts() if row.fact.value == 25)
    assistant.decide(row.id, "correct", who="muster", change={"value": "26"})
    again = assistant.decide(row.id, "correct", who="muster", change={"qualifier": "etwa"})
    assert (again.fact.value, again.fact.qualifier) == (26, "etwa")
    assert again.entry.fact.value == 25
    assistant.decide(row.id, "reset", who="muster")
    assert assistant.decide(row.id, "correct", who="muster", change={"qualifier": "etwa"}).fact.value == 25


def test_impossible_decisions(assistant: Assistant):
    row = assistant.facts(kind="figure")[0]
    for action, change in (("correct", {}), ("correct", {"value": "viele"}), ("confirm", {"value": 3}), ("loben", {})):
        with pytest.raises(InputError):
            assistant.decide(row.id, action, who="muster", change=change)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        assistant.decide(row.id, "hide", who="muster", note="x" * 3000)
    for id in ("gibt-es-nicht", ""):
        with pytest.raises(DocumentNotFound) as told:
            assistant.decide(id, "hide", who="muster")
        assert "auskunft facts" in told.value.hint
    assert assistant.fact(row.id)[1] == []


def test_decisions_survive_new_rules_and_new_reading(assistant: Assistant, tmp_path: Path):
    row = next(row for row in assistant.facts() if row.fact.value == 28)
    joined = assistant.facts(kind="member")[0]
    assistant.decide(row.id, "confirm", who="muster")
    assistant.decide(joined.id, "hide", who="muster")

    def other_rules(name: str, found: list[Fact]) -> list[Fact]:
        if name == "zwei":
            text = assistant.document(row.entry.document_id)[0].text
            return [count(28, "2022-07-22", SECOND, text, attributes={}, period="2022")]
        return found

    put(assistant, other_rules)
    again = next(one for one in assistant.facts() if one.fact.value == 28)
    assert again.id != row.id
    assert again.decision is not None
    assert again.decision.action == "confirm"
    assert assistant.facts(kind="member") == []
    assistant.ingest([], rebuild=True, today=TODAY)
    put(assistant)
    assert next(one for one in assistant.facts() if one.fact.value == 28).decision is not None
    assert assistant.facts(kind="member") == []


def test_other_rules_read_all_documents_again(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    assert 28 in {row.fact.value for row in assistant.facts()}

    def read_otherwise(document: Document) -> tuple[Fact, ...]:
        where = document.text.find(SECOND)
        return (count(29, "2022-07-22", SECOND, document.text),) if where >= 0 else ()

    monkeypatch.setattr("index.register.extract", read_otherwise)
    assert 28 in {row.fact.value for row in assistant.facts()}  # the same rules still
    monkeypatch.setattr("index.register.version", lambda: "other")
    assert {row.fact.value for row in assistant.facts()} == {29}


def test_decisions_wait_while_a_document_is_withdrawn_and_go_when_it_is_forgotten(assistant: Assistant, tmp_path: Path):
    row = next(row for row in assistant.facts() if row.fact.value == 28)
    assistant.decide(row.id, "confirm", who="muster")
    assistant.remove([row.entry.document_id])
    assert values(assistant.facts()) == [(25, True), (31, False)]
    assistant.ingest([tmp_path / "dokumente"], today=TODAY)
    put(assistant)
    assistant.forget([row.entry.document_id])
    assert assistant.library.register.decisions() == []


def test_rows_are_made_once_for_each_state(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    first = assistant.facts()
    calls = []
    make = Register._make
    monkeypatch.setattr(Register, "_make", lambda *args: calls.append(args) or make(*args))
    assert assistant.facts(kind="figure")[0] is first[0] or assistant.facts()[0] is first[0]
    assert assistant.conflicts() is not assistant.conflicts()
    assert calls == []
    assistant.decide(first[0].id, "confirm", who="muster")
    assistant.facts()
    assistant.facts(as_of="2022")
    assert len(calls) == 2
    with assistant.library.database.writing() as connection:
        connection.execute(sa.delete(facts))
    assert assistant.facts() == []


def test_everything_travels_to_another_process(assistant: Assistant):
    row = assistant.facts()[0]
    assistant.decide(row.id, "correct", who="muster", change={"value": 26, "as_of": "2021"})
    for value in (assistant.facts(), assistant.conflicts(), assistant.fact(row.id)):
        back = wire.loads(wire.dumps(value))
        assert back == value
    assert [one.to_json() for one in back[:1]] == [assistant.fact(row.id)[0].to_json()]


def test_new_rules_read_all_documents_again_and_tell_how_far_they_are(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []
    store = assistant.library.register
    store.reading_again = lambda number, documents: told.append((number, documents))
    assert store.bring_up_to_date() is False
    assistant.library.database.set_meta("facts", "older")
    assert store.bring_up_to_date() is True
    assert told == [(1, 3), (2, 3), (3, 3)]
