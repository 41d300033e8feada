import pytest
from support.documents import TODAY
from support.heldout import FICTIONAL

from app.answering.collection import Collection
from app.assistant import Assistant
from app.settings import Settings

WORDS = ["kommun", "rat", "torgau", "einwohn"]


@pytest.fixture
def assistant(tmp_path):
    with Assistant(Settings(data=tmp_path)) as assistant:
        assistant.ingest(sorted(FICTIONAL.iterdir())[:3], today=TODAY)
        yield assistant


@pytest.fixture
def collection(assistant):
    collection = Collection(assistant.library)
    collection.refresh()
    return collection


def test_it_says_what_the_library_says(assistant, collection):
    for _ in range(2):
        assert collection.frequencies(WORDS) == assistant.library.frequencies(WORDS)
        assert collection.idf(WORDS) == assistant.library.idf(WORDS)
        assert collection.similar_terms("kommunn") == assistant.library.similar_terms("kommunn")
    assert collection.corpus.documents == 3
    assert collection.frequencies([]) == {}


def test_it_reads_again_when_documents_came_or_went(assistant, collection):
    before = collection.corpus
    assistant.ingest(sorted(FICTIONAL.iterdir()), today=TODAY)
    assert collection.corpus == before
    collection.refresh()
    assert collection.corpus.documents == len(list(FICTIONAL.iterdir()))
    assert collection.idf(WORDS) == assistant.library.idf(WORDS)
    assistant.remove([assistant.documents()[0].id])
    collection.refresh()
    assert collection.corpus.documents == len(list(FICTIONAL.iterdir())) - 1
    assert collection.frequencies(WORDS) == assistant.library.frequencies(WORDS)


def test_it_reads_nothing_twice_while_nothing_changes(assistant, collection, monkeypatch):
    expected = collection.corpus, collection.frequencies(WORDS), collection.idf(WORDS)
    for name in ("documents", "frequencies", "idf"):
        monkeypatch.setattr(assistant.library, name, None)
    collection.refresh()
    assert (collection.corpus, collection.frequencies(WORDS), collection.idf(WORDS)) == expected


def test_whether_a_question_has_an_answer_is_found_out_once_a_state(assistant, collection):
    asked = []
    for as_of in (None, "2021", None, "2021"):
        assert collection.answers("Was ist das?", as_of, lambda as_of=as_of: asked.append(as_of) or False) is False
    assert asked == [None, "2021"]
    assistant.remove([assistant.documents()[0].id])
    collection.refresh()
    assert collection.answers("Was ist das?", None, lambda: True) is True


def test_the_newest_documents_come_first_and_only_those_with_a_wanted_letterhead(assistant, collection):
    rows = sorted(assistant.documents(), key=lambda row: row.published.date or "", reverse=True)
    known = [assistant.library.document(rows[0].id)]
    assert [d.id for d in collection.newest(5, known, lambda head: True)] == [row.id for row in rows[1:]]
    assert [d.id for d in collection.newest(1, [], lambda head: bool(head.block))] == [rows[0].id]
    assert list(collection.newest(5, [], lambda head: False)) == []


def test_a_document_that_went_since_is_left_out(assistant, collection):
    first, second, third = (d.id for d in collection.newest(5, [], lambda head: True))
    assistant.remove([first])
    assistant.library.forget([second])
    assert [d.id for d in collection.newest(5, [], lambda head: True)] == [third]


def test_answers_know_of_a_document_at_once(assistant):
    question = "Welche Kommunen gehören zum Verbund?"
    assert assistant.ask(question, today=TODAY).status
    assistant.ingest(sorted(FICTIONAL.iterdir()), today=TODAY)
    refusal = assistant.ask("Wer gewann 1954 die Weltmeisterschaft im Fußball?", today=TODAY)
    assert refusal.status == "no_evidence"
    assert str(len(list(FICTIONAL.iterdir()))) in refusal.short
