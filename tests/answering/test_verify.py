import pytest
from support.documents import read

from app.answering.verify import carriers, unsupported
from app.answers import Citation

TEXT = "Titel der Meldung\n\nDas Land gab am 12. Mai 2021 etwa 160.000 Euro und 1,3 Mio. Euro für 28 Kommunen.\n"


@pytest.fixture
def citation():
    document = read(f"---\ndate: 2022-07-22\n---\n{TEXT}")
    start = document.text.index("Das Land")
    return Citation(1, document, start, len(document.text))


@pytest.mark.parametrize(
    "text",
    [
        "28 Kommunen",
        "etwa 160.000 Euro",
        "1,3 Mio. Euro",
        "am 12. Mai 2021",
        "28 (Stand 22.07.2022)",
        "ohne Zahl",
        "2021 und 28",
    ],
)
def test_supported(citation, text):
    assert unsupported(text, [citation]) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("29 Kommunen", "29"),
        ("160.001 Euro", "160.001"),
        ("160 Euro", "160"),
        ("1,4 Mio. Euro", "1,4"),
        ("3,1 Mio. Euro", "3,1"),
        ("13. Mai 2021", "13"),
        ("8 Kommunen", "8"),
        ("128 Kommunen", "128"),
        ("28,5 Kommunen", "28,5"),
        ("000 Euro", "000"),
    ],
)
def test_unsupported(citation, text, number):
    assert number in [found.rstrip(".,") for found in unsupported(text, [citation])]


def test_a_figure_of_the_question_may_be_repeated(citation):
    assert unsupported("45.000 Euro", [citation], "Eigenanteil bei 45.000 Euro?") == []


def test_a_number_of_another_citation_counts_too(citation):
    other = read("Titel der Meldung\n\nIn 56 Orten wird beraten.\n")
    assert unsupported("28 und 56", [citation, Citation(2, other, 0, len(other.text))]) == []


def test_without_citation_nothing_is_supported():
    assert unsupported("28 Kommunen", []) == ["28"]


def test_the_marks_of_a_short_answer_are_those_that_hold_its_figures_else_its_words():
    document = read(
        "---\ndate: 2022-07-22\n---\nTitel\n\nEs sind 28 Kommunen. Es gibt 40 Verträge. Das Land lobt sie.\n"
    )
    cut = ("Es sind 28 Kommunen.", "Es gibt 40 Verträge.", "Das Land lobt sie.")
    places = [(document.text.index(part), len(part)) for part in cut]
    citations = [Citation(n, document, at, at + length) for n, (at, length) in enumerate(places, start=1)]
    assert carriers("40 Verträge", citations) == [2]
    assert carriers("28 Kommunen · 40 Verträge", citations) == [1, 2]
    assert carriers("Das Land lobt sie", citations) == [3]
    assert carriers("nicht genannt", citations) == [1]
