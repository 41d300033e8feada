import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering import matching
from app.answering.matching import COMPOUND_GENERAL, COMPOUND_HEAD, COMPOUND_PART, Words, match, words_of
from app.answering.question import Term, understand

STEMS = [
    "rat", "stadtrat", "praventionsrat", "kriminalpraventionsrat", "pravention", "praventionsarbeit", "forder",
    "fordermittel", "foerderung", "2021", "10000", "praventiv", "vention", "ort",
]  # fmt: skip


def in_full(term, stems):
    """`match` without looking first whether anything can match."""
    best = max((weight for stem, weight in term.matches if stem in stems), default=0.0)
    if best >= COMPOUND_HEAD or len(term.stem) < matching.SHORTEST_PART:
        return best
    others = [s for s in stems if len(s) >= matching.SHORTEST_PART and s != term.stem and not s.isdigit()]
    return max([best, *(matching._compound(term.stem, stem) for stem in others)])


@given(
    st.sampled_from(STEMS),
    st.lists(st.tuples(st.sampled_from(STEMS), st.sampled_from([0.3, 0.7, 0.9])), max_size=3),
    st.sets(st.sampled_from(STEMS)),
)
def test_looking_first_for_what_is_shared_changes_nothing(stem, synonyms, stems):
    term = Term(stem, stem, (*synonyms, (stem, 1.0)))
    assert match(term, Words(stems)) == in_full(term, stems)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Der Präventionsrat tagt", 1.0),
        ("Der Kriminalpräventionsrat tagt", COMPOUND_HEAD),
        ("Die Arbeit", 0.0),
    ],
)
def test_words_of_a_text(text, strength):
    (term,) = (t for t in understand("Was macht der Präventionsrat?").terms if t.stem == "praventionsrat")
    assert match(term, words_of(text)) == strength


def test_the_parts_of_a_compound_count_less_than_it():
    term = Term("Bürgerbefragung", "burgerbefrag", (("burgerbefrag", 1.0),))
    assert match(term, words_of("Befragung")) == COMPOUND_GENERAL
    assert match(term, words_of("Onlinebürgerbefragung")) == COMPOUND_HEAD
    assert match(term, words_of("Bürgerbefragungsbogen")) == COMPOUND_PART + 0.1


def test_words_are_kept():
    assert words_of("Der Rat tagt") is words_of("Der Rat tagt")
