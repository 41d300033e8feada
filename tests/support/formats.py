"""Scores a library against the held-out files of `tests/data/heldout/formats`, as its README.md defines it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.library import Library
from ingest.types import Document

FORMATS = Path(__file__).resolve().parents[1] / "data" / "heldout" / "formats"
_PREFIX = re.compile(r"^(?:(?:AW|WG|Re|Fwd|Pressemitteilung):\s*)+", re.IGNORECASE)
_TOWN = re.compile(r"^(?:Stadtverwaltung|Große Kreisstadt|Stadt)\s+")


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation, and whether it holds."""

    file: str
    what: str
    holds: bool


def folders() -> list[Path]:
    """What is to be brought in."""
    return sorted(path for path in FORMATS.iterdir() if path.is_dir())


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of `<name>.jsonl`."""
    lines = (FORMATS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def by_origin(library: Library) -> dict[str, Document]:
    """All documents by their place below the folder: `file` or `file!/member`."""
    base = FORMATS.as_posix() + "/"
    return {row.origin.removeprefix(base): library.document(row.id) for row in library.documents()}


def document_checks(library: Library) -> list[Check]:
    """Every check of `gold.jsonl`; a document that is missing fails all of its checks."""
    stored = by_origin(library)
    return [check for case in rows("gold") for check in _case(case, _find(stored, case))]


def _find(stored: dict[str, Document], case: dict[str, Any]) -> Document | None:
    """A copy may have taken the place of a file; then the twin that is kept counts."""
    key = case["file"] + (f"!/{case['member']}" if case["member"] else "")
    if key in stored or case["member"]:
        return stored.get(key)
    data = (FORMATS / case["file"]).read_bytes()
    twins = (doc for name, doc in stored.items() if "!/" not in name and (FORMATS / name).read_bytes() == data)
    return next(twins, None)


def _case(case: dict[str, Any], document: Document | None) -> Iterator[Check]:
    name = case["member"] or case["file"]
    body = _role(document, True) if document else ""
    rest = _role(document, False) if document else ""

    def check(what: str, holds: bool) -> Check:
        return Check(name, what, document is not None and holds)

    yield check("there", True)
    title = flat(document.title) if document else ""
    yield check(f"title {title!r}", _PREFIX.sub("", title) == _PREFIX.sub("", flat(case["title"])))
    if "published" in case:
        yield check(f"published {document and document.published.date}", _date(document) == case["published"])
    if case["publisher"] is not None:
        found = document.publisher if document else ""
        yield check(f"publisher {found!r}", _TOWN.sub("", flat(found)) == _TOWN.sub("", flat(case["publisher"])))
    for wanted in case["body_contains"]:
        yield check(f"has {wanted}", _holds(wanted, document, body))
    for wanted in case["body_lacks"]:
        yield check(f"lacks {wanted}", flat(wanted) not in body)
    for wanted in case["contact_contains"]:
        yield check(f"keeps {wanted}", flat(wanted) in rest)


def _date(document: Document | None) -> str | None:
    return document.published.date if document else ""


def _holds(wanted: str | dict[str, list[str]], document: Document | None, body: str) -> bool:
    if isinstance(wanted, str):
        return flat(wanted) in body
    lines = map(flat, document.text.splitlines()) if document else ()
    return any(all(flat(cell) in line for cell in wanted["row"]) for line in lines)


def version_checks(library: Library) -> list[Check]:
    """Status and predecessor of every file of the version groups."""
    stored = by_origin(library)
    places = {document.id: name for name, document in stored.items()}
    found: list[Check] = []
    for row in rows("versions"):
        if "status" in row:
            document = stored.get(row["file"])
            replaces = places.get(document.replaces or "") if document else None
            what = f"{document and document.status}, replaces {replaces}"
            holds = document is not None and (document.status, replaces) == (row["status"], row["replaces"])
            found.append(Check(row["file"], what, holds))
        else:
            kept = [name for name in (row["file"], row["duplicate_of"]) if name in stored]
            found.append(Check(row["file"], f"one of both is kept: {kept}", len(kept) == 1))
    return found


def guideline_checks(library: Library) -> list[Check]:
    """The days of each regulation, one check a day."""
    stored = by_origin(library)
    names = ("signed", "edition", "valid_from", "valid_until")
    return [
        Check(
            row["file"], f"{name} {(found := _day(stored.get(row['file']), name))} for {row[name]}", found == row[name]
        )
        for row in rows("guidelines")
        for name in names
    ]


def _day(document: Document | None, name: str) -> str | None:
    day: str | None = getattr(document.validity, name) if document else "missing"
    return day


def flat(text: str) -> str:
    """Every run of white space as one blank."""
    return " ".join(text.split())


def _role(document: Document, body: bool) -> str:
    parts = (document.text[s.start : s.end] for s in document.sections if (s.role == "body") is body)
    return flat(" ".join(parts))


def told(checks: Iterable[Check]) -> str:
    """Every check that fails, a line each."""
    return "\n".join(f"{check.file}: {check.what}" for check in checks if not check.holds)
