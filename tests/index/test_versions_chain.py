"""Corrections: which document answers, whatever the order in which they came in."""

import datetime
import itertools

import pytest

from index.chain import KIN_LIMIT
from index.filters import Filters
from index.library import Library

TODAY = datetime.date(2024, 1, 1)
HEAD = '---\ntitle: "{title}"\ndate: {date}\npublisher: {publisher}\nkind: release\n{more}---\n'
BODY = (
    "Die Stadt Musterau hat einen Kommunalen Präventionsrat gegründet. Der Rat tagt viermal im Jahr im Alten Rathaus. "
    "Für die ersten zwei Jahre stehen {sum} Euro bereit. Eine Sozialarbeiterin ist jeden Abend am Bahnhof unterwegs. "
    "Die Bürgermeisterin dankte allen Beteiligten für ihre Geduld und ihre guten Ideen."
)


def release(title, date, sum, publisher="Stadt Musterau", more="", body=BODY):
    return HEAD.format(title=title, date=date, publisher=publisher, more=more) + body.format(sum=sum) + "\n"


FIRST = release("Musterau gründet Präventionsrat", "2023-05-04", "240.000")
SECOND = release("1. Korrektur: Musterau gründet Präventionsrat", "2023-05-05", "204.000")
THIRD = release("Musterau gründet Präventionsrat (2. Korrektur)", "2023-05-05", "214.000")


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "data") as library:
        yield library


def bring(library, tmp_path, **texts):
    for name, text in texts.items():
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        assert not library.ingest([path], today=TODAY).failed
    return {row.source.removesuffix(".md"): row for row in library.documents()}


@pytest.mark.parametrize("order", list(itertools.permutations(["first", "second", "third"])))
def test_the_last_correction_answers_in_whatever_order_they_come(library, tmp_path, order):
    texts = {"first": FIRST, "second": SECOND, "third": THIRD}
    rows = bring(library, tmp_path, **{name: texts[name] for name in order})
    assert {name: row.status for name, row in rows.items()} == {
        "first": "corrected",
        "second": "corrected",
        "third": "current",
    }
    assert (rows["second"].replaces, rows["third"].replaces) == (rows["first"].id, rows["second"].id)
    found = library.search("Wie viel Euro für den Präventionsrat in Musterau?")
    assert {e.document.source for e in found} == {"third.md"}
    assert [row.source for row in library.versions(rows["first"].id)] == ["first.md", "second.md", "third.md"]


def test_before_the_correction_the_old_one_answered(library, tmp_path):
    bring(library, tmp_path, first=FIRST, second=SECOND)
    then = library.search("Euro Präventionsrat Musterau", filters=Filters(as_of="2023-05-04"))
    now = library.search("Euro Präventionsrat Musterau", filters=Filters(as_of="2023-05-05"))
    assert {e.document.source for e in then} == {"first.md"}
    assert {e.document.source for e in now} == {"second.md"}


def test_a_correction_that_goes_gives_its_place_back(library, tmp_path):
    rows = bring(library, tmp_path, first=FIRST, second=SECOND, third=THIRD)
    library.remove([rows["third"].id])
    assert library.document(rows["second"].id).status == "current"
    library.forget([rows["second"].id])
    assert library.document(rows["first"].id).status == "current"
    assert {e.document.source for e in library.search("Euro Präventionsrat")} == {"first.md"}


def test_the_same_address_published_again(library, tmp_path):
    more = "url: https://www.musterau.example/presse/17\n"
    rows = bring(
        library,
        tmp_path,
        old=release("Rat gegründet", "2023-05-04", "240.000", more=more),
        new=release("Präventionsrat in Musterau gegründet", "2023-05-06", "240.000", more=more),
    )
    assert rows["new"].replaces == rows["old"].id
    assert rows["old"].status == "corrected"


OTHER = "In Fabelstadt traf sich der Rat zum ersten Mal. Es ging um {sum} Fahrräder und um einen Spielplatz im Süden."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a series
        (release("Newsletter", "2023-05-04", "1"), release("Newsletter", "2023-06-04", "1", body=OTHER)),
        # two towns
        (release("Rat gegründet", "2023-05-04", "1"), release("Rat gegründet", "2023-05-09", "2", body=OTHER)),
        # two publishers
        (FIRST, release("Musterau gründet Präventionsrat", "2023-05-06", "240.000", publisher="Land Musterland")),
        # another text that is a correction of something else
        (FIRST, release("Korrektur: Musterau gründet Präventionsrat", "2023-05-06", "2", body=OTHER)),
        # the older one cannot correct the newer
        (SECOND, release("Musterau gründet Präventionsrat", "2023-07-01", "1", body=OTHER)),
        # parts of one guideline under one address
        (
            release("Antragsfrist", "2023-05-04", "1", more="url: https://www.musterau.example/richtlinie\n"),
            release("Eigenanteil", "2023-05-04", "2", more="url: https://www.musterau.example/richtlinie\n"),
        ),
    ],
)
def test_what_only_looks_like_a_version_stays(library, tmp_path, one, other):
    rows = bring(library, tmp_path, one=one, other=other)
    assert {row.status for row in rows.values()} == {"current"}
    assert {row.replaces for row in rows.values()} == {None}


def test_a_series_of_one_title_costs_no_comparison_of_all_with_all(library, tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr("index.chain.sentence_prints", lambda text: read.append(text) or frozenset())
    for number in range(KIN_LIMIT + 10):
        text = release("Newsletter", f"2020-01-{number % 28 + 1:02}", str(number), body=OTHER + " Nr. {sum}")
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
        if number == KIN_LIMIT + 1:
            library.ingest([tmp_path], today=TODAY)
            assert read
            read.clear()
    library.ingest([tmp_path], today=TODAY)
    assert read == []
    assert len(library.documents()) == KIN_LIMIT + 10
