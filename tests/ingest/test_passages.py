import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import pdfs
from support.documents import TODAY, read
from support.heldout import FICTIONAL

from ingest.passages import LIMIT, TARGET, body_sentences, split
from ingest.reading import SUFFIXES, read_document
from ingest.types import Document, Published, Section

SAMPLE = Path(__file__).resolve().parents[2] / "eval" / "sample" / "documents"
FILES = [*sorted(FICTIONAL.iterdir()), *(p for p in sorted(SAMPLE.iterdir()) if p.suffix in SUFFIXES - {".pdf"})]


def document(text, sections=None):
    """A document with `text` as its body."""
    return Document(
        id="6f1b4a52-6a38-5b0e-9d57-2f8f0f3b7c11",
        source="a.txt",
        origin="test:a.txt",
        sha256="0" * 64,
        title="Titel",
        kind="document",
        publisher="nicht genannt",
        published=Published(),
        text=text,
        sections=sections or (Section("body", 0, len(text)),),
    )


def check(doc):
    """What holds for the passages of every document."""
    passages = split(doc)
    bodies = [(s.start, s.end) for s in doc.sections if s.role == "body"]
    for passage in passages:
        text = doc.text[passage.start : passage.end]
        assert text == text.strip()
        assert text
        assert any(start <= passage.start and passage.end <= end for start, end in bodies)
        assert len(text) <= max(LIMIT, TARGET)
        assert passage.page == doc.page_at(passage.start)
        assert passage.document_id == doc.id
    assert all(a.end <= b.start for a, b in itertools.pairwise(passages))
    assert len({passage.id for passage in passages}) == len(passages)
    for start, end in body_sentences(doc):
        holding = [p for p in passages if p.start < end and p.end > start]
        assert holding, doc.text[start:end]
        assert holding[0].start <= start
        assert holding[-1].end >= end
        if end - start <= LIMIT:
            assert len(holding) == 1, doc.text[start:end]
    return passages


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_passages_of_real_files(path):
    assert check(read_document(path, origin=path.name, source=path.name, today=TODAY))


def test_passages_of_a_pdf():
    passages = check(read(pdfs.release(), "a.pdf"))
    assert passages[0].page == 1


WORDS = [
    "Die",
    "Stadt",
    "am",
    "12. Mai",
    "z. B.",
    "1,3 Mio. Euro",
    "Rat",
    "und",
    "»Hilfe«",
    "Präventionsrat",
    "20 %",
    "(KPR)",
]
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=300).map(lambda words: f"Es {' '.join(words)} kam.")
paragraph = st.lists(sentence, min_size=1, max_size=6).map(" ".join)


@given(st.lists(paragraph, min_size=1, max_size=6))
def test_passages_cover_all_sentences(paragraphs):
    check(document("\n\n".join(paragraphs)))


@given(st.lists(st.tuples(paragraph, st.sampled_from(["body", "contact", "furniture"])), min_size=1, max_size=8))
def test_passages_stay_inside_the_body(parts):
    text, sections = "", []
    for part, role in parts:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{part}" if text else part
        sections.append(Section(role, start, len(text)))
    check(document(text, tuple(sections)))


def test_headings_are_known_and_left_out():
    doc = read("# Titel der Seite\n\nDas Land hilft.\n\n## Mittel und Wege\n\nEs gibt Geld für alle.\n", "a.md")
    passages = split(doc)
    assert [p.heading for p in passages] == ["Titel der Seite", "Mittel und Wege"]
    assert [doc.text[p.start : p.end] for p in passages] == ["Das Land hilft.", "Es gibt Geld für alle."]


def test_pages_are_known():
    first, second = ("Auf der ersten Seite steht viel. " * 25, "Auf der zweiten Seite steht mehr. " * 25)
    doc = read(f"Titel der Meldung\n\n{first}\n\f{second}\n")
    assert {p.page for p in split(doc) if "ersten" in doc.text[p.start : p.end]} == {1}
    assert split(doc)[-1].page == 2


def test_short_sentences_share_a_passage():
    assert len(split(document("Das ist kurz. Das auch. Und das."))) == 1


def test_ids_are_the_same_for_the_same_text():
    text = "Das ist kurz. " * 200
    assert split(document(text)) == split(document(text))


def test_a_long_sentence_is_cut_at_a_clause():
    clause = "die Stadt hilft den Familien im Viertel bei der Arbeit und beim Lernen"
    doc = document(f"{', '.join([clause] * 40)}.")
    texts = [doc.text[p.start : p.end] for p in check(doc)]
    assert len(texts) > 1
    assert all(text.endswith((",", ".")) for text in texts)


@pytest.mark.parametrize(
    "amount", ["240.000 Euro", "12 500 Euro", "1,3 Mio. Euro", "1,3 Millionen Euro", "90 Prozent", "15 km²"]
)
@pytest.mark.parametrize("shift", range(0, 24, 3))
def test_a_number_is_never_parted_from_its_unit(amount, shift):
    """A sentence without any clause mark has to be cut somewhere."""
    doc = document(f"{'X' * (shift + 1)} {' '.join([f'und {amount}'] * 200)}.")
    texts = [doc.text[p.start : p.end] for p in check(doc)]
    assert len(texts) > 1
    whole = sum(len(re.findall(re.escape(amount), text)) for text in texts)
    assert whole == 200


def test_a_dash_between_numbers_is_no_place_to_cut():
    doc = document(f"{' '.join(['und 9 – 12 Uhr'] * 200)}.")
    assert sum(doc.text[p.start : p.end].count("9 – 12 Uhr") for p in split(doc)) == 200
