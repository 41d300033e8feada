"""What a reader of the register asks for: the filters, as they stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from app.web.dates import parse_date
from app.web.strings import Strings
from ingest.facts.types import KINDS

CONFLICTS = "conflicts"
PATH = "/register"
_LONGEST = 200
# Field → its name in the address, which readers see.
_NAMES = {
    "kind": "art",
    "text": "text",
    "place": "ort",
    "district": "kreis",
    "measure": "groesse",
    "as_of_typed": "stand",
    "superseded": "ueberholt",
    "hidden": "ausgeblendet",
    "series": "verlauf",
    "page": "seite",
}


@dataclass(frozen=True, slots=True)
class Query:
    """The filters; an empty field confines nothing. `kind` is a kind of statement, CONFLICTS, or empty for all."""

    kind: str = ""
    text: str = ""
    place: str = ""
    district: str = ""
    measure: str = ""
    as_of_typed: str = ""
    superseded: bool = False
    hidden: bool = False
    series: str = ""
    page: int = 1

    @property
    def as_of(self) -> str | None:
        """The day asked for (ISO), or None for today."""
        return parse_date(self.as_of_typed) if self.as_of_typed else None

    @property
    def as_of_unclear(self) -> bool:
        """Whether a day was typed that is none."""
        return bool(self.as_of_typed) and self.as_of is None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the kind is asked for."""
        return replace(self, kind="", page=1, series="") != Query()

    def address(self, t: Strings, path: str = PATH, **changes: Any) -> str:
        """The address of the list under these filters, some of them changed; other filters begin on page 1."""
        changed = replace(self, **({"page": 1} | changes))
        text = urlencode([(name, value) for name, value in changed.values().items()])
        return f"{t.prefix}{path}{'?' if text else ''}{text}"

    def values(self) -> dict[str, str]:
        """What stands in the address: name → value, without what is empty."""
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                found[_NAMES[field.name]] = "1" if value is True else str(value)
        return found


def read_query(params: Mapping[str, str], *, sees_hidden: bool) -> Query:
    """The filters of an address; what is not known is left out, and hidden rows are for maintainers."""

    def text(field: str) -> str:
        return params.get(_NAMES[field], "").strip()[:_LONGEST]

    page = text("page")
    kind = text("kind")
    return Query(
        kind=kind if kind in (*KINDS, CONFLICTS) else "",
        text=text("text"),
        place=text("place"),
        district=text("district"),
        measure=text("measure"),
        as_of_typed=text("as_of_typed"),
        superseded=bool(text("superseded")),
        hidden=sees_hidden and bool(text("hidden")),
        series=text("series"),
        page=int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10**6 else 1,
    )
