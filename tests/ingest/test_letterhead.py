import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import lines
from ingest.data import load
from ingest.letterhead import beginnings, entries
from ingest.lines import EMAIL, PHONE, has_contact_detail, is_date_line, is_furniture_line, mark_of

ALPHABET = "+0351 -/()@.aÄß§*_\n"


@given(st.text(alphabet=ALPHABET, max_size=30))
def test_looking_first_for_what_every_contact_detail_holds_changes_nothing(text):
    assert has_contact_detail(text) is bool(PHONE.search(text) or EMAIL.search(text))


@given(st.text(alphabet="*_a ", max_size=12))
def test_markup_is_taken_out_where_there_is_some(line):
    assert lines.plain(line) == lines._MARKUP.sub("", line)


@pytest.mark.parametrize("name", ["phrases", "furniture_phrases"])
def test_every_phrase_begins_a_line_in_any_case(name):
    for phrase in load("letterhead")[name]:
        assert beginnings(name)(phrase.upper() + " und mehr")
        assert not beginnings(name)(f"x{phrase}")


@pytest.mark.parametrize("name", ["marks", "furniture"])
def test_every_entry_is_found_in_any_case_as_it_is_written(name):
    for entry in load("letterhead")[name]:
        assert entries(name).find(entry.upper()).casefold() == entry.casefold()
        assert entries(name).find(f"{entry} und mehr") == ""


def test_spaced_letters_are_a_kind_mark_and_a_long_line_is_none():
    assert is_furniture_line("M E D I E N I N F O R M A T I O N")
    assert is_furniture_line("**Pressemitteilung**")
    assert not is_furniture_line("M E D I E N " * 30)
    assert mark_of("**[Entwurf]**") == "Entwurf"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("25.06.2021", True),
        ("**Dresden, 25. Juni 2021**", True),
        ("25.06.2021, 14:30 Uhr", True),
        ("| 25.06.2021 |" + " |" * 60, True),
        ("Der Rat tagte am 25.06.2021.", False),
        ("Der Rat der Stadt tagte nach langer Pause wieder einmal am 25.06.2021", False),
        ("14:30 Uhr", False),
    ],
)
def test_a_date_line_holds_a_date_and_nothing_else(line, wanted):
    assert is_date_line(line) is wanted
