"""What is found on the disk and in archives, and what is named as unusable."""

import os
import socket
import zipfile
from pathlib import Path

from index.failures import FailedFile
from index.rows import Stamp
from index.scan import Memory, scan
from index.sync import KnownState
from ingest.errors import UnreadableFile, UnsupportedFormat

SUFFIXES = frozenset({".txt", ".zip"})
NOTHING = Memory({}, {}, SUFFIXES)


def test_files_and_folders(tmp_path):
    for name in ("b.txt", "a/c.TXT", ".hidden/x.txt", ".y.txt", "picture.png", "große Höhe 1.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(name)
    missing, picture = tmp_path / "missing.txt", tmp_path / "in" / "picture.png"
    found = scan([tmp_path / "in", tmp_path / "in" / "b.txt", missing, picture], NOTHING)
    assert [f.source for f in found.files.values()] == ["b.txt", "große Höhe 1.txt", "c.TXT"]
    assert [type(u.error) for u in found.unusable] == [UnreadableFile, UnsupportedFormat]
    assert all(u.error.hint for u in found.unusable)


def test_a_file_with_the_known_stamp_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("new")
    status = path.stat()
    stamp = Stamp(status.st_size, status.st_mtime_ns)
    former = KnownState("id", path.as_posix(), "as known", stamp)
    memory = Memory({former.origin: former}, {}, SUFFIXES)
    assert [f.sha256 for f in scan([tmp_path], memory).files.values()] == ["as known"]
    failed = FailedFile(path.as_posix(), "a.txt", "", "", "", sha256="as failed", stamp=stamp)
    memory = Memory({}, {failed.origin: failed}, SUFFIXES)
    assert [f.sha256 for f in scan([tmp_path], memory).files.values()] == ["as failed"]


def test_what_is_no_file(tmp_path):
    (tmp_path / "ordner.txt").mkdir()
    (tmp_path / "ordner.txt" / "innen.txt").write_text("x")
    (tmp_path / "kreis.txt").symlink_to(tmp_path / "kreis.txt")
    (tmp_path / "leer.txt").symlink_to(tmp_path / "fort.txt")
    (tmp_path / "rund").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "rohr.txt")
    here = os.getcwd()
    os.chdir(tmp_path)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind("buchse.txt")
            found = scan([tmp_path], NOTHING)
    finally:
        os.chdir(here)
    assert [f.source for f in found.files.values()] == ["innen.txt"]
    assert sorted(u.source for u in found.unusable) == ["buchse.txt", "kreis.txt", "leer.txt", "ordner.txt", "rohr.txt"]
    assert all(u.error.message and u.error.hint for u in found.unusable)
    assert [u.source for u in scan([tmp_path / "kreis.txt"], NOTHING).unusable] == ["kreis.txt"]


def test_what_may_not_be_read(tmp_path):
    os.chmod(tmp_path, 0o755)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        os.chmod(folder, 0o755)
    (tmp_path / "gesperrt").mkdir()
    (tmp_path / "offen.txt").write_text("x")
    (tmp_path / "zu.txt").write_text("x")
    (tmp_path / "zu.txt").chmod(0)
    (tmp_path / "gesperrt").chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        found = scan([tmp_path], NOTHING)
    finally:
        if root:
            os.seteuid(0)
        (tmp_path / "gesperrt").chmod(0o700)
    assert [f.source for f in found.files.values()] == ["offen.txt"]
    assert sorted(u.source for u in found.unusable) == ["gesperrt", "zu.txt"]
    assert all(u.error.can_retry for u in found.unusable)


def test_members_of_an_archive(tmp_path):
    path = tmp_path / "archiv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Briefe/größe 1.txt", "eins")
        archive.writestr("zwei.txt", "zwei")
        archive.writestr("../drei.txt", "drei")
    found = scan([tmp_path], NOTHING)
    assert [f.source for f in found.files.values()] == ["größe 1.txt", "zwei.txt"]
    assert [f.content() for f in found.files.values() if f.content] == [b"eins", b"zwei"]
    assert len(found.unusable) == 1
    assert found.opened == {path.as_posix()}
    known = {f.origin: KnownState("id", f.origin, "as known", f.stamp) for f in found.files.values()}
    again = scan([tmp_path], Memory(known, {}, SUFFIXES))
    assert {f.sha256 for f in again.files.values()} == {"as known"}
    gone = KnownState("id", f"{path.as_posix()}!/fort.txt", "x")
    assert not again.located(gone).present
    assert again.located(gone).in_scope
    assert again.vanished([gone.origin, known.popitem()[0], str(Path(tmp_path, "nie.txt"))]) == {
        gone.origin,
        str(Path(tmp_path, "nie.txt")),
    }
