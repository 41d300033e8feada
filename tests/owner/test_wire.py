"""Values go over the wire and come back the same."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.assistant
from app.answers import Answer, Citation, CorpusState, Figure, Hit
from app.assistant import Assistant
from app.owner import wire
from app.owner.methods import METHODS, TELLING
from index.backup import BackupReport
from index.report import Duplicate, Failure, IngestReport, Progress
from ingest import errors
from ingest.types import Document, PageSpan, Published, Section

DOCUMENT = Document(
    "id", "a.txt", "/tmp/a.txt", "0" * 64, "Titel »ä«", "release", "Amt",
    Published("2021", ("2021-01-01", "2021-12-31")), "Text \U0001f600 \ud800",
    sections=(Section("body", 0, 4, None),), pages=(PageSpan(1, 0, 4),), page_count=1,
)  # fmt: skip
CITATIONS = tuple(Citation(n, DOCUMENT, 0, 4) for n in (1, 2, 3))
ANSWER = Answer(
    "Wer?", "Wer?", "answered", "Kurz", "Lang [1]", as_of_range=("2021-01-01", "2021-12-31"), citations=CITATIONS,
    figures=(Figure("m", 3, "x", 1), Figure("m", 3.5, "x", 1), Figure("m", "3", "x", 1)), notes=("n",),
    timings_ms={"total": 1.5},
)  # fmt: skip
REPORT = IngestReport(("a",), (), 1, ("b",), (Duplicate("x", "y"),), (Failure("f", "e", "h"),), 0.25)
VALUES: list[Any] = [
    None, True, 0, 1.5, "", "\ud800", [], (), {}, b"\x00\xff", Path("/tmp/ä"), datetime.date(2022, 7, 22),
    datetime.datetime(2022, 7, 22, 1, 2, 3), frozenset({"a"}), {"a": (1, [2, {"b": None}])}, {1: "a", ("b", 2): ()},
    {"$": "tuple", "items": []}, ANSWER, REPORT, [Hit(1, 0.5, DOCUMENT, 0, 4)], (DOCUMENT, 3), CorpusState(1, 2, None),
    Progress(1, 2, "a"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_values_come_back_the_same(value: Any):
    back = wire.loads(wire.dumps(value))
    assert back == value
    assert type(back) is type(value)
    if isinstance(value, Answer):
        assert back.to_json() == value.to_json()


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates()
HASHABLE = st.text() | st.integers() | st.tuples(st.text(), st.integers())
NESTED = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.just("$"), inner, max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4)
    ),
    max_leaves=20,
)


@given(NESTED)
def test_any_nesting_comes_back_the_same(value: Any):
    line = wire.dumps(value)
    assert line.count(b"\n") == 1
    assert wire.loads(line) == value


@given(st.builds(Published, st.text(), st.none() | st.tuples(st.text(), st.text()), st.just("file"), st.text()))
def test_dataclasses_come_back_the_same(value: Published):
    assert wire.loads(wire.dumps({"result": (value, [value])})) == {"result": (value, [value])}


def test_a_document_of_several_citations_is_sent_once():
    line = wire.dumps(ANSWER)
    assert line.count(b'"a.txt"') == 1
    back = wire.loads(line)
    assert len({id(citation.document) for citation in back.citations}) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b'{"$": "os.system"}', b'{"$": "subprocess.Popen", "args": "x"}', b'{"$": "ingest.types.Role"}',
        b'{"$": "ingest.types.Published", "unknown": 1}', b'{"$": "again", "number": 3}', b'{"$": ["x"]}',
        b'{"$": "date", "text": "gestern"}', b'{"$": "bytes", "base64": "?"}', b'{"$": "tuple"}', b"[" * 100_000,
    ],
    ids=lambda line: line[:30].decode(),
)  # fmt: skip
def test_what_does_not_belong_here_is_refused(line: bytes):
    with pytest.raises(wire.WireError):
        wire.loads(line)


def test_foreign_objects_do_not_travel():
    @dataclasses.dataclass
    class Foreign:
        a: int

    for value in (Foreign(1), object(), 1j):
        with pytest.raises(wire.WireError):
            wire.dumps(value)
    assert wire.loads(wire.dumps(defaultdict(list, {"a": [1]}))) == {"a": [1]}


def kinds() -> list[type[errors.AuskunftError]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_errors_come_back_as_what_they_were(kind: type[errors.AuskunftError]):
    back = wire.error_of(wire.loads(wire.dumps(wire.error_to_json(kind("Meldung", "Rat")))))
    assert type(back) is kind
    assert (back.message, back.hint) == ("Meldung", "Rat")


def test_an_error_of_another_room_comes_back_as_its_base():
    class Narrow(errors.DocumentNotFound):
        """Not in ingest.errors."""

    assert type(wire.error_of(wire.error_to_json(Narrow("m")))) is errors.DocumentNotFound
    failure = wire.error_of(wire.error_to_json(KeyError("x")))
    assert isinstance(failure, wire.RemoteFailure)
    assert "KeyError" in str(failure)


def classes(hint: Any) -> set[type]:
    """All classes of an annotation, and of the fields of dataclasses in it."""
    found = {hint} if isinstance(hint, type) else set()
    inner = list(get_args(hint))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        inner += get_type_hints(hint).values()
    return found.union(*map(classes, inner))


@pytest.mark.parametrize("name", sorted(name for name in METHODS if hasattr(Assistant, name)))
def test_what_the_assistant_gives_can_travel(name: str):
    hints = get_type_hints(getattr(Assistant, name), vars(app.assistant) | {"BackupReport": BackupReport})
    foreign = {kind for kind in classes(hints["return"]) if dataclasses.is_dataclass(kind)}
    assert {kind.__module__ for kind in foreign} <= set(wire.MODULES)


def test_every_method_of_the_assistant_can_be_called_from_elsewhere():
    public = {name for name, _ in inspect.getmembers(Assistant, inspect.isfunction) if not name.startswith("_")}
    assert public - {"close", "hold"} <= set(METHODS)
    telling = {name for name in public if "progress" in inspect.signature(getattr(Assistant, name)).parameters}
    assert telling == TELLING & public
