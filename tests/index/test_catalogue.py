import sqlite3

import pytest

from index.catalogue import Catalogue
from index.database import Database
from index.rows import Stamp
from ingest.errors import CatalogueDamaged, DataError, DocumentNotFound
from ingest.types import Document, PageSpan, Passage, Published, Section

TEXT = "Torgau tritt bei.\n\nKontakt: Presse"


def document(id: str = "aaaa-1", **changes) -> Document:
    values = {
        "id": id,
        "source": f"{id}.txt",
        "origin": f"/in/{id}.txt",
        "sha256": id * 2,
        "title": "Torgau",
        "kind": "release",
        "publisher": "SMI",
        "published": Published("2021-11", ("2021-11-01", "2021-11-30"), "inferred", "weil »heute vor zwei Jahren«"),
        "text": TEXT,
        "sections": (Section("body", 0, 17, "Überschrift"), Section("contact", 19, 34)),
        "pages": (PageSpan(1, 0, 34),),
        "page_count": 1,
        "note": "Nacherzählung",
    }
    return Document(**(values | changes))


def passage(id: str, document_id: str = "aaaa-1") -> Passage:
    return Passage(id, document_id, 0, 17, 1, "Überschrift")


@pytest.fixture
def catalogue(tmp_path):
    catalogue = Catalogue.at(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()


def test_a_document_comes_back_as_it_was(catalogue):
    catalogue.put(document(), [passage("p1"), passage("p2")], {"torgau": 2})
    assert catalogue.document("aaaa-1") == document()
    assert catalogue.documents() == [document()]
    assert catalogue.passages_of("aaaa-1") == [passage("p1"), passage("p2")]
    summary = catalogue.summaries()[0]
    assert (summary.characters, summary.passages, summary.published) == (len(TEXT), 2, document().published)


def test_replacing_takes_the_former_version_away(catalogue):
    catalogue.put(document(), [passage("p1"), passage("p2")], {"torgau": 2, "presse": 1})
    before = catalogue.generation
    catalogue.put(document(title="Neu"), [passage("p3")], {"torgau": 1, "neu": 1})
    assert catalogue.generation != before
    assert catalogue.document("aaaa-1").title == "Neu"
    assert set(catalogue.passages_by_ids(["p1", "p2", "p3"])) == {"p3"}
    assert catalogue.document_frequencies(["torgau", "presse", "neu"]) == {"torgau": 1, "presse": 0, "neu": 1}


def test_a_failed_replacement_changes_nothing(catalogue):
    catalogue.put(document(), [passage("p1")], {"torgau": 1})
    with pytest.raises(DataError):
        catalogue.put(document(title="Neu"), [passage("p9"), passage("p9")], {"neu": 1})
    assert catalogue.document("aaaa-1") == document()
    assert catalogue.document_frequencies(["torgau", "neu"]) == {"torgau": 1, "neu": 0}


def test_withdrawn_documents_count_nowhere(catalogue):
    catalogue.put(document(), [passage("p1")], {"torgau": 1})
    catalogue.put(document("bbbb-2"), [passage("p2", "bbbb-2")], {"torgau": 1})
    catalogue.set_status("aaaa-1", "withdrawn")
    catalogue.set_status("aaaa-1", "withdrawn")
    assert [d.id for d in catalogue.documents()] == ["bbbb-2"]
    assert {s.id for s in catalogue.summaries(withdrawn=True)} == {"aaaa-1", "bbbb-2"}
    assert catalogue.passage_ids() == {"p2"}
    assert catalogue.passage_count() == 1
    assert catalogue.document_frequencies(["torgau"]) == {"torgau": 1}
    assert catalogue.best({"p1": 2.0, "p2": 1.0}, 5) == [(passage("p2", "bbbb-2"), document("bbbb-2"))]
    catalogue.set_status("aaaa-1", "current")
    assert catalogue.document_frequencies(["torgau"]) == {"torgau": 2}
    catalogue.delete("aaaa-1")
    assert catalogue.document_frequencies(["torgau"]) == {"torgau": 1}


def test_unique_beginnings(catalogue):
    for id in ("aaaa-1", "aaab-2", "b%-3"):
        catalogue.put(document(id), [], {})
    assert catalogue.document("aaaa").id == "aaaa-1"
    for id in ("aaa", "%", "x", ""):
        with pytest.raises(DocumentNotFound) as caught:
            catalogue.document(id)
        assert caught.value.hint
    for change in (lambda: catalogue.delete("x"), lambda: catalogue.set_status("x", "withdrawn")):
        with pytest.raises(DocumentNotFound):
            change()


def test_moving_and_touching_leave_the_index_alone(catalogue):
    catalogue.put(document(), [passage("p1")], {}, stamp=Stamp(34, 1))
    before = catalogue.generation
    catalogue.relocate("aaaa-1", "/else/neu.txt", "neu.txt", Stamp(34, 2))
    catalogue.restamp("aaaa-1", Stamp(34, 3))
    entry = catalogue.entries()[0]
    assert (entry.origin, entry.source, entry.stamp) == ("/else/neu.txt", "neu.txt", Stamp(34, 3))
    assert catalogue.generation == before


def test_more_ids_than_one_statement_takes(catalogue):
    many = [passage(f"p{n}") for n in range(1200)]
    catalogue.put(document(), many, {f"t{n}": 1 for n in range(1200)})
    assert len(catalogue.passages_by_ids(p.id for p in many)) == 1200
    assert sum(catalogue.document_frequencies(f"t{n}" for n in range(1200)).values()) == 1200


def test_damaged_and_foreign_files_are_named(tmp_path):
    noise = tmp_path / "noise.sqlite"
    noise.write_bytes(b"no database at all, only text " * 100)
    with pytest.raises(CatalogueDamaged):
        Catalogue.at(noise)
    with pytest.raises(DataError):
        Catalogue.at(tmp_path / "missing" / "catalogue.sqlite")
    with pytest.raises(DataError):
        Database("nosuch://address")


def test_newer_schema_is_refused(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    Catalogue.at(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(DataError, match="99"):
        Catalogue.at(path)


def test_lost_table_is_damage(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    Catalogue.at(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE documents")
    connection.close()
    with pytest.raises(CatalogueDamaged):
        Catalogue.at(path).documents()


def test_terms_that_begin_alike(catalogue):
    catalogue.put(
        document(), [passage("p1")], {"rat": 1, "rats": 1, "rate%": 1, "raum": 1, "satz": 1, "ra_": 1, "rä": 1}
    )
    assert sorted(catalogue.terms_like("rat", 3, 4)) == ["rat", "rats"]
    assert sorted(catalogue.terms_like("ra", 3, 5)) == ["ra_", "rat", "rate%", "rats", "raum"]
    assert catalogue.terms_like("ra_", 3, 5) == ["ra_"]
    assert catalogue.terms_like("zz", 1, 9) == []
