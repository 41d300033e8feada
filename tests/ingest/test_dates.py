import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.german.dates import find_dates, format_german, parse_period


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("am 25. Juni 2021", "2021-06-25"),
        ("am 25.Juni 2021", "2021-06-25"),
        ("25.06.2021", "2021-06-25"),
        ("25. 6. 2021", "2021-06-25"),
        ("2021-06-25", "2021-06-25"),
        ("am 5. Sept. 2020", "2020-09-05"),
        ("im Juni 2021", "2021-06"),
        ("Mrz 2021", "2021-03"),
        ("June 2021", "2021-06"),
        ("Ende März 2022", "2022-03"),
        ("im Jahr 2021", "2021"),
        ("Anfang 2019", "2019"),
        ("31. August", "--08-31"),
        ("15.10.", "--10-15"),
    ],
)
def test_one_date(text, iso):
    assert [mention.iso for mention in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Anfang 2019", "2019-01-01", "2019-04-30"),
        ("Sommer 2023", "2023-06-01", "2023-09-30"),
        ("im Februar 2020", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text, first, last):
    mention = find_dates(text)[0]
    assert (mention.first.isoformat(), mention.last.isoformat(), mention.is_day) == (first, last, False)


@pytest.mark.parametrize(
    "text", ["31.02.2021", "1.300 Euro", "2019 Kommunen", "2000 Euro", "2021/2022", "Nr. 7/2023", "00001 Fabelstadt"]
)
def test_no_date(text):
    assert find_dates(text) == []


def test_both_ends_of_a_yearly_period_without_blanks():
    found = find_dates("ab 31.August bis spätestens 15.Oktober des laufenden Jahres")
    assert [(m.iso, m.year) for m in found] == [("--08-31", None), ("--10-15", None)]


def test_an_ordinal_beside_a_date_is_no_date():
    text = "in ihrer 12. Sitzung am 17. Juni 2021"
    assert [text[m.start : m.end] for m in find_dates(text)] == ["17. Juni 2021"]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    for text in (f"am {day:%d.%m.%Y} im", f"am {day.day}.{day.month}.{day.year} im", f"am {day.isoformat()} im"):
        assert [(m.first, m.last) for m in find_dates(text)] == [(day, day)]
    assert format_german(day.isoformat()) == f"{day:%d.%m.%Y}"


@pytest.mark.parametrize(
    ("value", "period"),
    [
        ("2021-06-25", ("2021-06-25", "2021-06-25")),
        ("2021-02", ("2021-02-01", "2021-02-28")),
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2021-02-31", None),
        ("2021-13", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_parse_period(value, period):
    found = parse_period(value)
    assert (tuple(day.isoformat() for day in found) if found else None) == period


@pytest.mark.parametrize(("iso", "german"), [("2021-06-25", "25.06.2021"), ("2021-06", "06/2021"), ("2021", "2021")])
def test_format_german(iso, german):
    assert format_german(iso) == german


@pytest.mark.parametrize("text", ["", "Der Rat tagt im Mai", "am Dienstag, dem dritten", "§ 12 Absatz 3", "17 Orte"])
def test_no_date_without_a_year_or_an_ordinal(text):
    assert find_dates(text) == []


def test_a_first_day_stands_near_its_date():
    near, far = find_dates("vom 3. bis 5. Mai 2021")[-1], find_dates(f"3. bis{' ' * 80}5. Mai 2021")[-1]
    assert (near.first.day, far.first.day) == (3, 5)


def test_many_dates_take_no_longer_each():
    text = ", ".join(f"am {i % 28 + 1}.{i % 12 + 1}.2019" for i in range(20_000))
    started = time.process_time()
    assert len(find_dates(text)) == 20_000
    assert time.process_time() - started < 5  # some 40 seconds where each looks at all that stands before it
