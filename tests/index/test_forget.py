"""What was forgotten is nowhere any more; what was withdrawn is."""

import datetime

import pytest

from index.library import Library
from ingest.errors import DocumentNotFound

TODAY = datetime.date(2024, 1, 1)
SECRET = "Geheimniskrämerstraße"


@pytest.fixture
def library(tmp_path):
    (tmp_path / "in").mkdir()
    text = f"Umbau beschlossen\n\nMusterau, 3. Mai 2021\n\nDie {SECRET} in Musterau wird im Herbst umgebaut.\n"
    (tmp_path / "in" / "umbau.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "rat.txt").write_text("Rat tagt\n\nDer Rat der Stadt Musterau tagt im Mai.\n", encoding="utf-8")
    with Library(tmp_path / "data") as library:
        library.ingest([tmp_path / "in"], today=TODAY)
        yield library


def traces(folder, *words):
    """Files below a folder that hold one of the words, as text in any of the usual encodings."""
    wanted = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "latin-1")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in wanted)]


def test_forgotten_everywhere(library):
    row = next(row for row in library.documents() if row.source == "umbau.txt")
    passages = [passage.id for passage in library.passages(row.id)]
    assert traces(library.folder, SECRET, row.sha256)
    library.remove([row.id])
    assert library.document(row.id).status == "withdrawn"
    assert traces(library.folder, SECRET)
    assert library.forget([row.id[:12]]) == [row.id]
    with pytest.raises(DocumentNotFound):
        library.document(row.id)
    assert library.catalogue.document_frequencies(["umgebaut"]) == {"umgebaut": 0}
    assert traces(library.folder, SECRET, SECRET.casefold(), row.sha256, row.id, row.source, *passages) == []
    library.close()
    assert traces(library.folder, SECRET, SECRET.casefold(), row.sha256, row.id, row.source, *passages) == []
    with Library(library.folder) as again:
        assert [e.document.source for e in again.search("Rat Musterau Umbau")] == ["rat.txt"]


def test_forget_all_or_none(library):
    ids = [row.id for row in library.documents()]
    with pytest.raises(DocumentNotFound):
        library.forget([ids[0], "nosuch"])
    assert len(library.documents()) == 2


def test_a_forgotten_file_that_is_still_there_comes_in_again(library, tmp_path):
    library.forget([row.id for row in library.documents()])
    assert library.search("Rat") == []
    assert len(library.ingest([tmp_path / "in"], today=TODAY).added) == 2
