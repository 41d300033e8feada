"""Districts and district-free cities by the first five digits of the official key, and who of them is a member.

A name would not do: Leipzig and Zwickau are town and district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.register.counts import members
from app.register.rows import Row
from app.web.markup import esc
from app.web.register.query import Query
from app.web.register.words import folded
from app.web.strings import Strings
from ingest.german.places import Place, all_places

_DIGITS = 5


@dataclass(frozen=True, slots=True)
class District:
    """A district or district-free city, with the number of its municipalities."""

    key: str
    name: str
    municipalities: int

    def count_words(self, number: int, t: Strings) -> str:
        """»7 von 36 Gemeinden«; a city of its own is no share of anything."""
        if self.municipalities == 1:
            return t("register_city")
        return t("register_of_municipalities", number=number, total=self.municipalities)


@cache
def districts() -> dict[str, District]:
    """All districts of the gazetteer, by key."""
    sizes: dict[str, int] = {}
    names: dict[str, str] = {}
    for place in all_places():
        key = place.ags[:_DIGITS]
        if place.kind == "Landkreis":
            names[key] = place.label
        else:
            sizes[key] = sizes.get(key, 0) + 1
            names.setdefault(key, place.name)
    return {key: District(key, names[key], sizes.get(key, 0)) for key in names}


@cache
def _places() -> dict[str, Place]:
    return {place.ags: place for place in all_places()}


def district_of(row: Row) -> District | None:
    """The district of a row's place; None where it has none, or its name stays ambiguous."""
    return districts().get(_key_of(row)[:_DIGITS])


def is_district(row: Row) -> bool:
    """Whether a row is about a district itself."""
    return len(_key_of(row)) == _DIGITS


def _key_of(row: Row) -> str:
    return (row.fact.place.ags if row.fact.place else None) or ""


def district_name(row: Row) -> str:
    """The district of a municipality, or nothing where it is one itself or a city of its own."""
    place, district = row.fact.place, district_of(row)
    if place is None or district is None or is_district(row) or district.municipalities == 1:
        return ""
    return district.name


def members_html(rows: Sequence[Row], query: Query, t: Strings) -> str:
    """District → how many of its municipalities are members, and which; nothing where no member is known."""
    by_district: dict[str, set[str]] = {}
    elsewhere = set()
    for member in members(rows):
        district = district_of(member.best)
        if district is None or is_district(member.best):
            elsewhere.add(member.name)
        else:
            by_district.setdefault(district.key, set()).add(_key_of(member.best))
    if not by_district and not elsewhere:
        return ""
    known = sorted((districts()[key] for key in by_district), key=lambda d: (-len(by_district[d.key]), folded(d.name)))
    body = "".join(_line(district, by_district[district.key], query, t) for district in known)
    if elsewhere:
        names = esc(", ".join(sorted(elsewhere, key=folded)))
        body += (
            f'<tr><th scope="row">{esc(t("register_no_district"))}</th>'
            f'<td data-name="{esc(t("register_col_number"))}">{len(elsewhere)}</td>'
            f'<td data-name="{esc(t("register_kinds_member"))}">{names}</td></tr>'
        )
    head = "".join(
        f'<th scope="col">{esc(t(key))}</th>'
        for key in ("register_district", "register_col_number", "register_kinds_member")
    )
    return (
        f'<section class="kreise" aria-labelledby="kreise-titel">'
        f'<h2 id="kreise-titel">{esc(t("register_by_district"))}</h2>'
        f'<p class="klein">{esc(t("register_by_district_hint"))}</p>'
        f'<table class="liste"><caption class="sr">{esc(t("register_by_district"))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _line(district: District, found: set[str], query: Query, t: Strings) -> str:
    labels = sorted((_places()[ags].label if ags in _places() else ags for ags in found), key=folded)
    link = query.address(t, kind="member", district=district.key)
    return (
        f'<tr><th scope="row"><a href="{esc(link)}">{esc(district.name)}</a></th>'
        f'<td data-name="{esc(t("register_col_number"))}">{esc(district.count_words(len(found), t))}</td>'
        f'<td data-name="{esc(t("register_kinds_member"))}">{esc(", ".join(labels))}</td></tr>'
    )
