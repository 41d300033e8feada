"""Sentences of a passage are those of the whole document, and what is kept of them belongs to one edition."""

from dataclasses import replace

import pytest
from support.documents import TODAY, read
from support.heldout import FICTIONAL

from app.answering import sentences
from app.answering.sentences import document_sentences, passage_sentences
from index.search import Evidence
from ingest.passages import split
from ingest.reading import SUFFIXES, read_document

LIST = (
    "# Förderung\n\nDer Rat berät darüber.\n\n## Ausgaben\n\nEs gibt seit zwei Jahren Geld. Gefördert werden bis zu "
    "90 Prozent:\n\n- Personal für die Stelle\n- Sachausgaben der Stelle\n\n## Frist\n\nEr endet im Mai.\n"
)


def told(sentence):
    """Everything that a sentence is, apart from being the same object."""
    names = ("start", "end", "heading", "previous", "previous_start", "listed", "list_end")
    return tuple(getattr(sentence, name) for name in names)


def of_passages(document):
    items = [Evidence(passage, document, 1.0, {}) for passage in split(document)]
    return [[told(sentence) for sentence in passage_sentences(item)] for item in items]


def of_document(document):
    whole = [told(sentence) for sentence in document_sentences(document)]
    return [[entry for entry in whole if p.start <= entry[0] < p.end] for p in split(document)]


def test_a_passage_knows_what_stands_before_it_and_where_its_list_ends():
    document = read(LIST, "richtlinie.md")
    assert of_passages(document) == of_document(document)
    announcing = next(s for s in document_sentences(document) if s.text.endswith(":"))
    assert announcing.previous == "Es gibt seit zwei Jahren Geld."
    assert document.text[: announcing.list_end].endswith("Sachausgaben der Stelle")


@pytest.mark.parametrize("size", [1, 3, 40])
def test_long_sections_and_paragraphs(size):
    paragraph = "Der Rat tagt. Gefördert werden:\n- Personal\n- Sachausgaben\n" * size
    document = read(f"Titel der Meldung\n\n{paragraph}\n\n{paragraph}\n\nDas ist alles, was zu sagen war.\n")
    assert of_passages(document) == of_document(document)


def test_the_invented_releases_and_the_sample(sample):
    for path in [*sorted(FICTIONAL.iterdir()), *sorted(sample.iterdir())]:
        if path.suffix in SUFFIXES - {".pdf"}:
            document = read_document(path, origin=f"test:{path.name}", source=path.name, today=TODAY)
            assert of_passages(document) == of_document(document), path.name


def test_sentences_are_kept_for_their_document_and_not_for_another_edition():
    document = read(LIST, "richtlinie.md")
    item = Evidence(split(document)[0], document, 1.0, {})
    first = passage_sentences(item)
    assert passage_sentences(item) is first
    moved = replace(document, source="umbenannt.md")
    again = passage_sentences(replace(item, document=moved))
    assert [told(s) for s in again] == [told(s) for s in first]
    assert all(sentence.document is moved for sentence in again)


def test_what_is_kept_is_bounded_by_characters(monkeypatch):
    monkeypatch.setattr(sentences, "_remembered", sentences.Cache(2000))
    for number in range(40):
        document = read(f"Titel {number}\n\n{'Der Rat tagt heute wieder. ' * 20}\n", f"{number}.txt")
        of_passages(document)
        assert sentences._remembered.size <= 2000
    assert len(sentences._remembered) < 10
