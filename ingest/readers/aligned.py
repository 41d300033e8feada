"""Tables that a plain text draws with spaces: a head and rows of as many cells, two spaces or more between them."""

from __future__ import annotations

import re

_GAP = re.compile(r" {2,}|\t+")
_LEAST = 3  # lines: the head and two rows
_NUMBER = re.compile(r"\(?[\d.,]+\d?%?\)?(?: (?:Euro|EUR|€|Prozent|%)\S*)?$")


def aligned(paragraph: str) -> tuple[list[str], list[list[str]]] | None:
    """Head and rows, or None where the lines are no table.

    Two columns are one only where the second holds numbers: the lines of a letterhead stand beside each other, too.
    """
    lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
    if len(lines) < _LEAST:
        return None
    header, *rows = [_GAP.split(line) for line in lines]
    if len(header) < 2 or any(len(row) != len(header) for row in rows):
        return None
    if any(cell.endswith(":") or re.search(r"\d", cell) or not cell[:1].isupper() for cell in header):
        return None
    if len(header) == 2 and not all(_NUMBER.match(row[-1]) for row in rows):
        return None
    return header, rows
