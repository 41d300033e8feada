"""Folders of every earlier version open as they are; `tests/data/catalogue-<n>.sql` holds one of each."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from index.catalogue import Catalogue
from index.database import SCHEMA_VERSION, Database
from index.library import Library
from index.migrations import STEPS
from index.rows import metadata
from ingest.errors import FingerprintMismatch

DUMPS = Path(__file__).resolve().parents[1] / "data"


def old(number: int, path: Path) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((DUMPS / f"catalogue-{number}.sql").read_text(encoding="utf-8"))
    return path


def test_there_is_a_folder_of_every_version_and_a_step_to_every_next():
    assert sorted(STEPS) == list(range(2, SCHEMA_VERSION + 1))
    assert all((DUMPS / f"catalogue-{number}.sql").is_file() for number in range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_an_old_catalogue_keeps_its_documents(tmp_path, number):
    catalogue = Catalogue.at(old(number, tmp_path / "catalogue.sqlite"))
    assert catalogue.database.meta("schema") == str(SCHEMA_VERSION)
    rows = {row.source: row for row in catalogue.summaries(withdrawn=True)}
    assert {name: row.status for name, row in rows.items()} == {"rat.txt": "current", "alt.txt": "withdrawn"}
    assert "viermal im Jahr" in catalogue.document(rows["rat.txt"].id).text
    assert catalogue.boxes(rows["rat.txt"].id) == ((), ())
    assert catalogue.passages_of(rows["rat.txt"].id)
    catalogue.close()
    Catalogue.at(tmp_path / "catalogue.sqlite").close()


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_steps_lead_to_the_tables_of_a_new_catalogue(tmp_path, number):
    def tables(url: str) -> dict[str, dict[str, tuple[str, bool]]]:
        inspector = sa.inspect(sa.create_engine(url))
        return {
            name: {c["name"]: (str(c["type"]).split("(")[0], c["nullable"]) for c in inspector.get_columns(name)}
            | {i["name"]: ("index", bool(i["unique"])) for i in inspector.get_indexes(name)}
            for name in inspector.get_table_names()
        }

    Database.at(old(number, tmp_path / "old.sqlite")).close()
    Database.at(tmp_path / "new.sqlite").close()
    found = tables(f"sqlite:///{tmp_path / 'old.sqlite'}")
    assert found == tables(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert found.keys() == metadata.tables.keys()


def test_an_old_folder_names_the_rebuild(tmp_path):
    (tmp_path / "data").mkdir()
    old(1, tmp_path / "data" / "catalogue.sqlite")
    with Library(tmp_path / "data") as library:
        with pytest.raises(FingerprintMismatch) as caught:
            library.search("Rat")
        assert "--rebuild" in caught.value.hint
        library.ingest([], rebuild=True)
        assert library.search("Rat")[0].document.source == "rat.txt"
