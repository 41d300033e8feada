"""Towns and districts that the gazetteer does not know: names that a document itself uses like such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from ingest.facts.names import NAME
from ingest.facts.naming import base_forms, towns_in
from ingest.facts.vocabulary import has, section
from ingest.german.places import Place, PlaceMention, find_places, role_of
from ingest.types import Document
from ingest.validity import REGULATIONS

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROW = re.compile(r"[A-ZÄÖÜ][^:;\n]{1,40}: [^:;\n]+; [^:;\n]{1,40}: ")
_BEFORE = 40  # characters before a name that tell what it stands for
LIMIT = 60_000


@lru_cache(maxsize=64)
def local_places(document: Document) -> Mapping[str, Place]:
    """The towns and districts that only this document knows, by name."""
    if document.kind in REGULATIONS and not has(
        document.title, "programme", "no_regulation"
    ):  # which speak of towns in general
        return {}
    publisher, body = document.publisher or "", f"{document.body(LIMIT)}\n{_rows(document)}"
    text = f"{document.title}\n{publisher}\n{body}"
    kinds = section("localities", "districts")
    districts = {
        m["name"]
        for m in re.finditer(rf"\b{kinds}(?:(?:e?s)?\s+|: )(?P<name>(?:(?:Obere|Untere|Mittlere) )?{NAME})", text)
    }
    towns = towns_in(document.title, publisher, body)
    found = {name: Place("", name, "", "", "Stadt", "", 0) for name in sorted(towns - districts)}
    return found | {
        name: Place("", name, "", "", "Landkreis", "", 0) for name in sorted(districts) if not find_places(name)
    }


def _rows(document: Document) -> str:
    """Rows of tables that hold contact details, which are no running text: »Stadt: Musterau; Telefon: …«."""
    apart = (document.text[s.start : s.end] for s in document.sections if s.role == "contact")
    return "\n".join(line for text in apart for line in text.split("\n") if _ROW.match(line))[:LIMIT]


def local_mentions(text: str, known: Mapping[str, Place]) -> list[PlaceMention]:
    """Where a text names one of the places, inflected (Musteraus) or as an adjective (Musterauer)."""
    if not known:
        return []
    found = []
    several = [name for name in known if " " in name]
    for name in several:
        for match in re.finditer(rf"\b{re.escape(name)}s?\b", text):
            role = _role(known[name], text, match.start())
            found.append(PlaceMention(match.start(), match.end(), name, (known[name],), role))
    taken = [(mention.start, mention.end) for mention in found]
    for word in _WORD.finditer(text):
        if any(start <= word.start() < end for start, end in taken):
            continue
        for form, derived in base_forms(word.group()):
            place = known.get(form)
            if place is not None:
                role = _role(place, text, word.start())
                found.append(PlaceMention(word.start(), word.end(), form, (place,), role, derived))
                break
    return found


def _role(place: Place, text: str, start: int) -> Literal["municipality", "district", "body"]:
    """A district is one wherever it stands; what a town is here, the words before it say."""
    return "district" if place.kind == "Landkreis" else role_of(text[max(0, start - _BEFORE) : start])
