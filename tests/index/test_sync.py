from pathlib import Path

import pytest

from index.failures import FailedFile
from index.sync import FileState, KnownState, plan


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


def test_what_failed_is_tried_again_only_when_something_changed():
    def sort(file, attempt="rules"):
        failed = {"a": FailedFile("a", "a", "broken", "", "2024-01-01", sha256="1", attempt="rules")}
        made = plan([file], {}, False, failed, attempt)
        return "failed" if made.failed else "tried"

    assert sort(file("a", "1")) == "failed"
    assert sort(file("a", "2")) == "tried"
    assert sort(file("a", "1", explicit=True)) == "tried"
    assert sort(file("a", "1"), attempt="with text recognition") == "tried"
    assert sort(file("b", "1")) == "tried"
