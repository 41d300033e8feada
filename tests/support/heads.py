"""Compares what is read of the head of a document with gold: title, date, publisher, kind, programme."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from ingest.facts.programmes import programme_of, short_title
from ingest.facts.vocabulary import section
from ingest.types import Document
from tests.support.register import read

GOLD = Path(__file__).resolve().parents[1] / "data" / "heads"
FIELDS = ("title", "date", "publisher", "kind", "programme")
_SAME_KIND = {"programme": "guideline"}  # what guidelines are called here
_LONG = 12  # characters of a title that may be part of a longer one


def gold(name: str) -> list[dict[str, Any]]:
    """The documents of a set with what is accepted."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def shares(name: str) -> dict[str, float]:
    """How often each field is right."""
    rows = gold(name)
    right = dict.fromkeys(FIELDS, 0)
    for row in rows:
        document = read(GOLD / name, row["document"])
        for field in FIELDS:
            right[field] += is_right(field, row[field], _read(field, document))
    return {field: count / len(rows) for field, count in right.items()}


def is_right(field: str, accepted: list[str | None], got: str | None) -> bool:
    """Whether a value is one of those accepted; titles and publishers may be part of one another."""
    if field in ("date", "kind"):
        return got in accepted
    if got is None:
        return None in accepted
    forms = [_plain(form) for form in accepted if form is not None]
    own = _plain(got)
    if field == "programme":
        return own in forms
    least = _LONG if field == "title" else 1
    return any(own == form or (len(own) >= least and (own in form or form in own)) for form in forms)


def _read(field: str, document: Document) -> str | None:
    values = {
        "title": document.title,
        "date": document.published.date,
        "publisher": None if document.publisher == "nicht genannt" else re.sub(r"\(.*?\)", "", document.publisher),
        "kind": _SAME_KIND.get(document.kind, document.kind),
        "programme": _programme(document),
    }
    return values[field]


def _programme(document: Document) -> str | None:
    name = programme_of(document).name
    return None if name in (section("programme", "default"), short_title(document.title)) else name


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
