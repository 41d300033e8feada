from pathlib import Path

import pytest

from index.rows import Stamp
from index.sync import FileState, KnownState, plan, scan
from ingest.errors import UnreadableFile, UnsupportedFormat


def file(name: str, content: str, explicit: bool = False) -> FileState:
    return FileState(Path(name), name, name, content, explicit=explicit)


def known(*states: KnownState) -> dict[str, KnownState]:
    return {state.origin: state for state in states}


def test_added_changed_unchanged():
    made = plan([file("a", "1"), file("b", "2*"), file("c", "3")], known(doc("a", "1"), doc("b", "2")), False)
    assert [f.origin for f in made.added] == ["c"]
    assert [(f.origin, k.id) for f, k in made.changed] == [("b", "id-b")]
    assert [f.origin for f, _ in made.unchanged] == ["a"]
    assert not made.moved
    assert not made.removed


def doc(origin: str, content: str, **changes) -> KnownState:
    return KnownState(f"id-{origin}", origin, content, **changes)


def test_moved_keeps_its_document():
    made = plan([file("new/a", "1")], known(doc("a", "1", present=False)), True)
    assert [(f.origin, k.id) for f, k in made.moved] == [("new/a", "id-a")]
    assert not made.removed
    assert not made.added


def test_two_copies_of_a_lost_file_are_one_move_and_one_duplicate():
    made = plan([file("x", "1"), file("y", "1")], known(doc("a", "1", present=False)), True)
    assert [f.origin for f, _ in made.moved] == ["x"]
    assert made.duplicates == ((file("y", "1"), "1"),)


@pytest.mark.parametrize("former", [(), (doc("a", "1"),)])
def test_duplicates_of_new_and_of_known_documents(former):
    made = plan([file("a", "1"), file("b", "1")], known(*former), False)
    assert [f.origin for f, _ in made.duplicates] == ["b"]
    assert len(made.added) + len(made.unchanged) == 1


def test_duplicate_of_a_document_elsewhere():
    made = plan([file("b", "1")], known(doc("a", "1")), True)
    assert made.duplicates == ((file("b", "1"), "1"),)


def test_prune_only_in_scope_and_only_when_asked():
    gone = known(doc("a", "1", present=False), doc("b", "2", present=False, in_scope=False), doc("c", "3"))
    assert plan([], gone, False).removed == ()
    assert [k.origin for k in plan([], gone, True).removed] == ["a"]


def test_withdrawn_stays_withdrawn_unless_named_or_changed():
    former = known(doc("a", "1", status="withdrawn"))
    assert plan([file("a", "1")], former, False).unchanged
    assert plan([file("a", "1", explicit=True)], former, False).changed
    assert plan([file("a", "2")], former, False).changed
    assert plan([file("copy", "1")], former, False).duplicates
    assert plan([file("copy", "1", explicit=True)], former, False).added


def test_every_file_is_in_exactly_one_list():
    files = [file(name, content) for name, content in zip("abcdefg", "1223445", strict=True)]
    made = plan(files, known(doc("a", "1"), doc("b", "9"), doc("z", "5", present=False)), True)
    listed = [*made.added, *(f for pairs in (made.changed, made.unchanged, made.moved) for f, _ in pairs)]
    listed += [f for f, _ in made.duplicates]
    assert sorted(f.origin for f in listed) == list("abcdefg")


def test_scan(tmp_path):
    for name in ("b.txt", "a/c.TXT", ".hidden/x.txt", ".y.txt", "picture.png"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(name)
    missing, picture = tmp_path / "missing.txt", tmp_path / "in" / "picture.png"
    found = scan([tmp_path / "in", tmp_path / "in" / "b.txt", missing, picture], frozenset({".txt"}), {})
    assert [f.source for f in found.files] == ["c.TXT", "b.txt"]
    assert [type(error) for _, error in found.failed] == [UnreadableFile, UnsupportedFormat]
    assert all(error.hint for _, error in found.failed)


def test_a_file_with_the_known_stamp_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("new")
    status = path.stat()
    former = KnownState("id", path.as_posix(), "as known", Stamp(status.st_size, status.st_mtime_ns))
    assert scan([tmp_path], frozenset({".txt"}), {former.origin: former}).files[0].sha256 == "as known"
