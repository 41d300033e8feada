"""Backups made beside readers and writers, and the way back, also from a damaged catalogue."""

import datetime
import threading
import zipfile

import pytest

from index.backup import restore_damaged
from index.library import Library
from ingest.errors import CatalogueDamaged, FolderFull, UnreadableFile

TODAY = datetime.date(2024, 1, 1)


def write(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(
            f"{name} gründet einen Rat\n\nMusterau, 3. Mai 2021\n\nDie Stadt {name} hat einen Rat gegründet.\n",
            encoding="utf-8",
        )
    return folder


def found(library, query="Wer hat einen Rat gegründet?"):
    return [(e.document.source, e.passage.id, round(e.score, 6)) for e in library.search(query)]


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "data") as library:
        library.ingest([write(tmp_path / "in", "Musterau", "Fabelstadt")], today=TODAY)
        yield library


def test_there_and_back_again(library, tmp_path):
    (library.folder / "config.toml").write_text('title = "Probe"\n', encoding="utf-8")
    (library.folder / "token").write_text("geheim", encoding="utf-8")
    wanted = found(library)
    report = library.backup(tmp_path / "sub" / "auskunft.zip")
    assert (report.documents, report.originals, report.missing) == (2, 2, 0)
    with zipfile.ZipFile(report.path) as archive:
        assert {"catalogue.sqlite", "config.toml", "backup.json"} <= set(archive.namelist())
        assert b"geheim" not in b"".join(archive.read(name) for name in archive.namelist())
    assert report.path.stat().st_mode & 0o077 == 0
    library.forget([library.documents()[0].id])
    library.ingest([write(tmp_path / "more", "Erdachtau")], today=TODAY)
    assert len(library.documents()) == 2
    back = library.restore(report.path)
    assert (back.documents, back.originals, back.rebuild_needed) == (2, 2, False)
    assert found(library) == wanted
    assert len(list((library.folder / "originals").iterdir())) == 2
    assert [p.name for p in library.folder.iterdir() if p.name.startswith(".")] == []
    library.close()
    with Library(library.folder) as again:
        assert found(again) == wanted


def test_backup_and_restore_beside_readers_and_a_writer(library, tmp_path):
    errors, done = [], threading.Event()
    library.backup(tmp_path / "a.zip")

    def read():
        try:
            while not done.is_set():
                assert all(row[0].endswith(".txt") for row in found(library))
                assert library.documents()
        except BaseException as error:
            errors.append(error)

    def write_on():
        try:
            for number in range(6):
                library.ingest([write(tmp_path / "more", f"Ort{number}")], today=TODAY)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read), threading.Thread(target=read), threading.Thread(target=write_on)]
    for thread in threads:
        thread.start()
    for number in range(3):
        assert library.backup(tmp_path / f"b{number}.zip").documents >= 2
        library.restore(tmp_path / "a.zip")
    threads[2].join()
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    library.restore(tmp_path / "a.zip")
    assert {d.source for d in library.documents()} == {"Musterau.txt", "Fabelstadt.txt"}
    assert library.catalogue.passage_ids() == library.keeper.opened().ids()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no zip at all"])
def test_what_is_no_backup_changes_nothing(library, tmp_path, content):
    before = found(library)
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    for wrong in (path, tmp_path / "missing.zip"):
        with pytest.raises(UnreadableFile) as caught:
            library.restore(wrong)
        assert caught.value.hint
    assert found(library) == before


def test_a_backup_with_a_damaged_catalogue_or_foreign_names_is_refused(library, tmp_path):
    good = library.backup(tmp_path / "good.zip").path
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, changed in {
        "broken.zip": parts | {"catalogue.sqlite": parts["catalogue.sqlite"][:3000]},
        "noise.zip": parts | {"catalogue.sqlite": b"noise" * 500},
        "future.zip": parts | {"backup.json": b'{"format": 99}'},
    }.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, data in changed.items():
                archive.writestr(member, data)
        with pytest.raises(UnreadableFile):
            library.restore(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as archive:
        for member, data in {**parts, "../evil.txt": b"x", "originals/../../evil": b"x"}.items():
            archive.writestr(member, data)
    assert library.restore(tmp_path / "slip.zip").documents == 2
    assert not list(tmp_path.rglob("evil*"))


def read_all(folder):
    with Library(folder) as broken:
        broken.documents()
        broken.search("Rat")


@pytest.mark.parametrize("damage", ["noise", "short", "middle"])
def test_a_damaged_catalogue_is_named_with_the_way_back(library, tmp_path, damage):
    wanted = found(library)
    backup = library.backup(tmp_path / "a.zip").path
    library.close()
    path = library.folder / "catalogue.sqlite"
    data = path.read_bytes()
    if damage == "noise":
        path.write_bytes(b"x" * len(data))
    elif damage == "short":
        path.write_bytes(data[:5000])
    else:
        path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(CatalogueDamaged) as caught:
        read_all(library.folder)
    assert "auskunft restore" in caught.value.hint
    report = restore_damaged(library.folder, backup)
    assert report.documents == 2
    assert list(library.folder.glob("catalogue.damaged-*.sqlite"))
    with Library(library.folder) as again:
        assert found(again) == wanted


def test_a_backup_that_cannot_be_written(library, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderFull):
        library.backup(tmp_path / "file" / "a.zip")
