"""Files that could not be read are remembered until they succeed, vanish or are dismissed."""

import datetime
import zipfile
import zlib

import pytest

from index.library import Library
from ingest.errors import DocumentNotFound

TODAY = datetime.date(2024, 1, 1)


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "data") as library:
        yield library


def bring(library, *paths):
    return library.ingest(paths, today=TODAY)


def test_remembered_listed_read_at_last(library, tmp_path):
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "leer.txt").write_text("")
    (inbox / "gut.txt").write_text("Der Rat tagt im Mai.", encoding="utf-8")
    assert [f.source for f in bring(library, inbox).failed] == ["leer.txt"]
    (failed,) = library.failures()
    assert (failed.source, failed.origin) == ("leer.txt", (inbox / "leer.txt").as_posix())
    assert failed.error
    assert failed.hint
    assert failed.since
    again = bring(library, inbox)
    assert [f.source for f in again.failed] == ["leer.txt"]
    assert again.unchanged == 1
    (inbox / "leer.txt").write_text("Jetzt steht hier etwas.", encoding="utf-8")
    report = bring(library, inbox)
    assert (len(report.added), report.failed) == (1, ())
    assert library.failures() == []


def test_a_file_that_failed_is_not_read_again_unless_asked(library, tmp_path, monkeypatch):
    path = tmp_path / "leer.txt"
    path.write_text("")
    bring(library, tmp_path)
    read = []
    monkeypatch.setattr("index.worker.read_document", lambda path, **names: read.append(path) or 1 / 0)
    bring(library, tmp_path)
    assert read == []
    bring(library, path)
    assert len(read) == 1
    monkeypatch.setattr("index.library.Library._attempt", lambda self: "with text recognition")
    bring(library, tmp_path)
    assert len(read) == 2


def test_dismissed_until_it_changes(library, tmp_path):
    path = tmp_path / "leer.txt"
    path.write_text("")
    bring(library, tmp_path)
    (failed,) = library.failures()
    assert [f.source for f in library.dismiss([failed.id[:6]])] == ["leer.txt"]
    assert library.failures() == []
    assert bring(library, tmp_path).failed == ()
    path.write_text("  ")
    assert [f.source for f in bring(library, tmp_path).failed] == ["leer.txt"]
    assert len(library.failures()) == 1
    with pytest.raises(DocumentNotFound):
        library.dismiss(["nosuch"])


def test_forgotten_when_the_file_is_gone(library, tmp_path):
    path = tmp_path / "leer.txt"
    path.write_text("")
    bring(library, tmp_path)
    path.unlink()
    bring(library, tmp_path)
    assert library.failures() == []


def test_members_of_archives_fail_and_succeed_on_their_own(library, tmp_path):
    def pack(**texts):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, text in texts.items():
                archive.writestr(f"{name}.txt", text)

    pack(gut="Der Rat tagt im Mai.", leer="")
    report = bring(library, tmp_path)
    assert (len(report.added), [f.source for f in report.failed]) == (1, ["a.zip › leer.txt"])
    assert library.documents()[0].source == "gut.txt"
    pack(gut="Der Rat tagt im Mai.", leer="Auch hier steht nun etwas.")
    report = bring(library, tmp_path)
    assert (len(report.added), report.unchanged, report.failed) == (1, 1, ())
    assert library.failures() == []
    pack(leer="Auch hier steht nun etwas.")
    assert len(library.ingest([tmp_path], prune=True, today=TODAY).removed) == 1
    assert [d.source for d in library.documents()] == ["leer.txt"]


def test_a_broken_archive_is_forgiven_once_it_is_whole(library, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 broken")
    assert [f.source for f in bring(library, tmp_path).failed] == ["a.zip"]
    assert [f.source for f in library.failures()] == ["a.zip"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gut.txt", "Der Rat tagt im Mai.")
    assert len(bring(library, tmp_path).added) == 1
    assert library.failures() == []


@pytest.mark.parametrize("damage", ["archive", "member"])
def test_pruning_takes_nothing_away_that_could_not_be_read(library, tmp_path, damage):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("eins.txt", "Der Rat tagt im Mai.")
        archive.writestr("zwei.txt", "Der Rat tagt auch im Juni.")
    bring(library, tmp_path)
    data = path.read_bytes()
    if damage == "archive":
        path.write_bytes(data[: len(data) // 2])
    else:
        crc = zlib.crc32(b"Der Rat tagt im Mai.").to_bytes(4, "little")
        path.write_bytes(data.replace(crc, b"\1\2\3\4"))
    report = library.ingest([tmp_path], prune=True, today=TODAY)
    assert report.removed == ()
    assert len(report.failed) == 1
    assert {row.source for row in library.documents()} == {"eins.txt", "zwei.txt"}
    path.unlink()
    assert len(library.ingest([tmp_path], prune=True, today=TODAY).removed) == 2
    assert library.failures() == []


def test_a_failed_change_leaves_the_former_version(library, tmp_path):
    path = tmp_path / "rat.txt"
    path.write_text("Der Rat tagt im Mai.", encoding="utf-8")
    bring(library, tmp_path)
    path.write_text("")
    assert len(bring(library, tmp_path).failed) == 1
    assert "Mai" in library.search("Wann tagt der Rat?")[0].text
    path.write_text("Der Rat tagt im Mai.", encoding="utf-8")
    assert bring(library, tmp_path).unchanged == 1
    assert library.failures() == []
