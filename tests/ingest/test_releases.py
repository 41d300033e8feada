"""The real releases and guidelines. Only short phrases of them are named here."""

import re
import time

import pytest

from ingest.lines import EMAIL, PHONE, is_contact_line, is_furniture_line

pytestmark = pytest.mark.shared

TORGAU, VOGTLAND = "000_018278b982b59dbd.txt", "001_66cc3c1b35a43ced.txt"
DIPPOLDISWALDE, LOHSA, TWO_YEARS = "002_d9434402518acd2e.txt", "003_6fd14c989b4184d6.txt", "004_0af8717d9a18a7c5.txt"
RELEASES = (TORGAU, VOGTLAND, DIPPOLDISWALDE, LOHSA, TWO_YEARS)
WITH_LETTERHEAD = (TORGAU, VOGTLAND, LOHSA)


@pytest.fixture(scope="module")
def documents(library_of_releases):
    found = {row.source: library_of_releases.document(row.id)[0] for row in library_of_releases.documents()}
    assert len(found) == 12
    return found


@pytest.fixture(scope="module")
def passages(library_of_releases):
    """Text of every passage by file."""
    found = {}
    for row in library_of_releases.documents():
        text = library_of_releases.document(row.id)[0].text
        found[row.source] = [text[p.start : p.end] for p in library_of_releases.library.passages(row.id)]
    return found


def joined(document, role):
    return "\n".join(document.text[s.start : s.end] for s in document.sections if s.role == role)


def test_the_torn_sentence_is_whole(passages):
    found = [p for p in passages[TORGAU] if "u. a. in zwei Personalstellen investiert" in " ".join(p.split())]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        (LOHSA, "zu erhalten oder gar zu steigern"),
        (VOGTLAND, "»Prävention im Team«"),
        (TWO_YEARS, "420.000 € Fördermittel"),
    ],
)
def test_other_sentences_are_whole(passages, source, phrase):
    assert any(phrase in " ".join(p.split()) for p in passages[source])


def test_no_contact_detail_in_any_passage(passages):
    """But for a link that a sentence announces."""
    found = [
        (source, line)
        for source, texts in passages.items()
        for text in texts
        for line in text.splitlines()
        if not line.startswith("<http")
        and (PHONE.search(line) or EMAIL.search(line) or is_contact_line(line) or is_furniture_line(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    "word",
    ["Hausanschrift", "Straßenbahn", "Haltestelle", "Carolaplatz", "01097", "Wilhelm-Buck", "Telefax", "Durchwahl",
     "Ansprechpartner\n", "eSignatur", "Keine Kommentare", "Schreiben Sie einen Kommentar", "Medieninformation"],
)  # fmt: skip
def test_nothing_of_the_letterhead_in_a_passage(passages, word):
    assert [source for source in RELEASES for text in passages[source] if word in text] == []


@pytest.mark.parametrize("source", WITH_LETTERHEAD)
def test_the_press_contact_is_kept(documents, source):
    contact = joined(documents[source], "contact")
    for part in ("Martin Strunden", "564 30400", "564 30409", "presse@smi", "Wilhelm-Buck", "01097", "Carolaplatz"):
        assert part in contact
    assert "**" not in contact


@pytest.mark.parametrize(
    ("source", "date", "basis"),
    [
        (TORGAU, "2021-06-25", "stated"),
        (VOGTLAND, "2022-07-22", "stated"),
        (LOHSA, "2021-05-25", "stated"),
        (DIPPOLDISWALDE, None, "inferred"),
        (TWO_YEARS, None, "inferred"),
    ],
)
def test_date_and_basis(documents, source, date, basis):
    published = documents[source].published
    assert (published.date, published.basis) == (date, basis)
    assert bool(published.range) == bool(published.reason) == (basis == "inferred")


@pytest.mark.parametrize(("source", "earliest"), [(DIPPOLDISWALDE, "2019"), (TWO_YEARS, "2020")])
def test_an_undated_release_is_not_older_than_what_it_tells(documents, source, earliest):
    first, last = documents[source].published.range
    assert first.startswith(earliest)
    assert first <= last == "2025-06-30"
    assert earliest in documents[source].published.reason


@pytest.mark.parametrize("source", RELEASES)
def test_kind_and_language(documents, source):
    assert (documents[source].kind, documents[source].language) == ("release", "de")


@pytest.mark.parametrize(
    ("source", "beginning"), [(TORGAU, "Torgau tritt"), (VOGTLAND, "Dreifache Verstärkung"), (LOHSA, "Lohsa tritt")]
)
def test_title_and_publisher(documents, source, beginning):
    assert documents[source].title.startswith(beginning)
    assert documents[source].publisher == "Sächsisches Staatsministerium des Innern"


def test_the_guideline(documents):
    guideline = documents["kommunale_praevention_frl.md"]
    assert (guideline.title, guideline.kind) == ("Richtlinie Kommunale Prävention", "programme")
    assert (guideline.published.date, guideline.published.basis) == ("2018-06-12", "stated")
    assert guideline.publisher == "Sächsisches Staatsministerium des Innern"


def test_the_sections_join_to_the_text(documents):
    for source, document in documents.items():
        end = 0
        for section in document.sections:
            assert document.text[end : section.start].strip() == "", source
            assert section.start < section.end, source
            end = section.end
        assert end == len(document.text), source


def test_files_without_pages_have_none(documents, library_of_releases):
    for document in documents.values():
        assert (document.pages, document.page_count) == ((), None)
        assert all(p.page is None for p in library_of_releases.library.passages(document.id))


def test_no_body_word_is_lost(documents, shared):
    """Every word of the release stands in its stored text, but for those divided at a line end."""
    for source in RELEASES:
        raw = (shared / "corpus" / "releases" / source).read_text(encoding="utf-8")
        missing = set(re.findall(r"\w+", raw)) - set(re.findall(r"\w+", documents[source].text))
        assert missing == set(), source


@pytest.mark.alone
def test_a_second_run_changes_nothing_and_is_quick(library_of_releases, shared):
    started = time.perf_counter()
    report = library_of_releases.ingest([shared / "corpus"])
    assert (report.unchanged, report.added, report.updated, report.removed, report.failed) == (12, (), (), (), ())
    assert time.perf_counter() - started < 2
