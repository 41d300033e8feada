"""The eval questions as a retrieval set: right are the passages that hold the evidence a case names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.collection import Collection
from eval.bench.sets import Query
from eval.quality.cases import Case, load_cases
from eval.quality.command import case_file
from eval.quality.corpora import TODAY, folder_of
from eval.quality.evidence import located
from eval.quality.judge import Stored
from index.embedding import Embedder
from index.library import Library
from ingest.errors import DataError
from ingest.types import Document, Passage

_Pieces = dict[str, list[Passage]]


def of_cases(name: str, embedder: Embedder | None = None) -> Iterator[Collection]:
    """One collection for each corpus that the answerable cases of a set ask; open until the next one is asked for.

    Follow-up questions are left out: what they ask for is not in their words.

    Raises:
        InputError: a case names a passage that is not there.
    """
    cases = [case for case in load_cases(case_file(name)) if case.answerable and case.corpus and not case.history]
    for corpus in dict.fromkeys(case.corpus for case in cases):
        with TemporaryDirectory(prefix="auskunft-bench-") as data, Library(Path(data), embedder=embedder) as library:
            report = library.ingest([folder_of(corpus)], today=TODAY)
            if report.failed:
                raise DataError(f"Der Bestand »{corpus}« ist nicht lesbar.", "Bitte neu installieren.")
            yield collection(library, [case for case in cases if case.corpus == corpus])


def collection(library: Library, cases: Sequence[Case]) -> Collection:
    """The passages of a library, and the questions of cases whose evidence lies in some of them."""
    documents = {row.source: library.document(row.id) for row in library.documents()}
    pieces = {source: library.passages(document.id) for source, document in documents.items()}
    stored = _stored(documents)
    queries = (Query(case.question, _right(case, stored, pieces), case.cluster) for case in cases)
    unit_of = {passage.id: passage.id for found in pieces.values() for passage in found}
    return Collection(library, tuple(query for query in queries if query.relevant), unit_of)


def _stored(documents: dict[str, Document]) -> Stored:
    return Stored(
        texts={document.id: document.text for document in documents.values()},
        published={source: document.published.date for source, document in documents.items()},
        ids={source: document.id for source, document in documents.items()},
    )


def _right(case: Case, stored: Stored, pieces: _Pieces) -> frozenset[str]:
    """The passages that overlap with the evidence; none where it stands outside of all passages (contact blocks)."""
    return frozenset(
        passage.id
        for source, spans in located(case, stored).items()
        for passage in pieces[source]
        if any(passage.start < end and start < passage.end for start, end in spans)
    )
