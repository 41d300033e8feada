"""Checksums, the lock, and the note on how the files of the index were left."""

import os
import subprocess
import sys

import pytest

from index.folder import Lock, State, checksums, read_state, write_state
from ingest.errors import FolderInUse


def test_checksums_see_every_byte_and_no_hole(tmp_path):
    path = tmp_path / "sub" / "file"
    path.parent.mkdir()
    data = bytearray(300_000)
    data[5], data[299_999] = 1, 2
    path.write_bytes(data)
    before = checksums(tmp_path)
    assert list(before) == ["sub/file"]
    with path.open("wb") as stream:  # the same bytes, with holes
        stream.truncate(300_000)
        os.pwrite(stream.fileno(), b"\1", 5)
        os.pwrite(stream.fileno(), b"\2", 299_999)
    assert checksums(tmp_path) == before
    for offset in (0, 5, 65_535, 65_536, 150_000, 299_999):
        changed = bytearray(data)
        changed[offset] ^= 0xFF
        path.write_bytes(changed)
        assert checksums(tmp_path) != before, offset
    path.write_bytes(data + b"\0")
    assert checksums(tmp_path) != before
    path.write_bytes(data[65_536:] + data[:65_536])
    assert checksums(tmp_path) != before


def test_a_state_comes_back_and_noise_is_none(tmp_path):
    path = tmp_path / "index" / "state.json"
    state = State("abc", "edge-3", {"a": (1, 2)})
    write_state(path, state)
    assert read_state(path) == state
    write_state(path, State("abc", "edge-3", None))
    assert read_state(path).files is None
    for noise in ("", "{", "[]", '{"generation": 1}', '{"generation": "a", "folder": "b", "files": [1]}'):
        path.write_text(noise)
        assert read_state(path) == State()
    assert read_state(tmp_path / "missing.json") == State()


def test_the_lock_binds_processes_and_ends_with_them(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from index.folder import Lock\n"
        "lock = Lock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FolderInUse):
            Lock(tmp_path / "lock")
    finally:
        other.kill()
        other.wait()
    lock = Lock(tmp_path / "lock")
    lock.release()
    lock.release()
    Lock(tmp_path / "lock").release()
