"""Every file of the index damaged in turn: noticed, made again, the same answers."""

import datetime
import os
import random
import shutil
from pathlib import Path

import pytest

from index.home import condition
from index.library import Library

TODAY = datetime.date(2024, 1, 1)
QUERIES = ("Präventionsrat Musterau", "Wer bekommt Fördermittel?", "Einwohner Fabelstadt")


def answers(library):
    return [[(e.passage.id, round(e.score, 6)) for e in library.search(query)] for query in QUERIES]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A data folder that was closed properly, its answers, and the files of its index."""
    root = tmp_path_factory.mktemp("sound")
    (root / "in").mkdir()
    for town in ("Musterau", "Fabelstadt", "Erdachtau"):
        text = f"{town} gründet Präventionsrat\n\n{town} hat 5.200 Einwohner und bekommt Fördermittel für den Rat.\n"
        (root / "in" / f"{town}.txt").write_text(text, encoding="utf-8")
    with Library(root / "data") as library:
        library.ingest([root / "in"], today=TODAY)
        wanted = answers(library)
    names = [path.relative_to(root / "data") for path in sorted((root / "data" / "index").rglob("*")) if path.is_file()]
    return root / "data", wanted, names


def copy(source: Path, target: Path) -> None:
    """A copy that leaves holes as holes; the engine reserves far more than it fills."""
    for path in source.rglob("*"):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as read, place.open("wb") as write:
            size, position = path.stat().st_size, 0
            write.truncate(size)
            while position < size:
                try:
                    start = os.lseek(read.fileno(), position, os.SEEK_DATA)
                except OSError:
                    break
                position = min(os.lseek(read.fileno(), start, os.SEEK_HOLE), size)
                os.pwrite(write.fileno(), os.pread(read.fileno(), position - start, start), start)


def flip(path: Path) -> None:
    size = path.stat().st_size
    offset = random.Random(path.name).randrange(size)
    with path.open("r+b") as stream:
        byte = os.pread(stream.fileno(), 1, offset)
        os.pwrite(stream.fileno(), bytes([byte[0] ^ 0x55]), offset)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.slow
@pytest.mark.parametrize("damage", [flip, truncate])
def test_every_file(sound, tmp_path, damage):
    data, wanted, names = sound
    assert len(names) > 50
    unnoticed = []
    for number, name in enumerate(names):
        place = tmp_path / str(number)
        copy(data, place)
        if name.name == "lock" or not (place / name).stat().st_size:
            continue
        damage(place / name)
        if name.name != "state.json" and condition(place / "index")[0] not in ("damaged", "missing"):
            unnoticed.append(name)
        with Library(place) as library:
            assert answers(library) == wanted, name
            assert library.catalogue.passage_ids() == library.keeper.opened().ids()
        assert condition(place / "index")[0] == "sound"
        shutil.rmtree(place)
    assert unnoticed == []


def test_reading_leaves_a_sound_index(sound, tmp_path):
    data, wanted, _ = sound
    copy(data, tmp_path / "data")
    for _ in range(3):
        assert condition(tmp_path / "data" / "index")[0] == "sound"
        with Library(tmp_path / "data") as library:
            assert answers(library) == wanted
            assert condition(tmp_path / "data" / "index")[0] == "in use"
    assert sorted(p.name for p in (tmp_path / "data" / "index").iterdir()) == ["edge-1", "lock", "state.json"]
