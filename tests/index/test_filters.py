import pytest

from index.filters import Filters, day_span, publication_days
from ingest.errors import InputError
from ingest.types import Published


def test_day_span():
    assert day_span("2021-06-25") == (20210625, 20210625)
    assert day_span("2024-02") == (20240201, 20240229)
    assert day_span("2021") == (20210101, 20211231)


@pytest.mark.parametrize("date", ["25.06.2021", "2021-13", "2021-02-30", "gestern", "0000"])
def test_no_date(date):
    with pytest.raises(InputError, match="kein Datum"):
        Filters(as_of=date)


def test_publication_days():
    november = Published("2021-11", ("2021-11-05", "2021-11-30"), "inferred")
    assert publication_days(november) == (20211105, 20211130)
    assert publication_days(Published("2021")) == (20210101, 20211231)
    assert publication_days(Published()) == (None, None)
