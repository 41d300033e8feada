"""Properties of an office file, as far as they can be trusted: programs fill them from templates and accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.data import load
from ingest.lines import is_furniture_line, names_organisation
from ingest.types import Block


def properties(blocks: Sequence[Block], *, title: str, author: str, changed: str, language: str) -> dict[str, str]:
    """Metadata for `RawDocument`: title, publisher, file_date (ISO day) and language, each only where it is useful."""
    day = re.match(r"\d{4}-\d\d-\d\d", changed)
    found = {
        "title": title.strip() if _is_title(" ".join(title.split()), blocks) else "",
        "publisher": author.strip() if _is_office(author.strip()) else "",
        "file_date": day.group() if day and _is_day(day.group()) else "",
        "language": language.strip(),
    }
    return {key: value for key, value in found.items() if value}


def _is_day(day: str) -> bool:
    data = load("formats")
    return bool(day >= data["earliest_file_date"] and day not in data["template_days"])


def _is_title(title: str, blocks: Sequence[Block]) -> bool:
    """A title in the properties often is that of an older document; one that the text repeats is right."""
    if not title or is_furniture_line(title) or title.casefold().startswith(tuple(load("formats")["default_titles"])):
        return False
    texts = [" ".join(block.text.split()) for block in blocks if block.text.strip()]
    repeated = any(title.casefold() in text.casefold() for text in texts)
    named = any(block.level for block in blocks) or (bool(texts) and len(texts[0]) <= 160)
    return repeated or not named


def _is_office(author: str) -> bool:
    """An author is an office only if the name says so; most are the person at the keyboard, or a unit with a number."""
    return names_organisation(author) and not re.search(r"[,\d]", author) and not author.islower()
