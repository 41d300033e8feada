"""Running heads, running feet and page numbers: outer lines that repeat over the pages at the same place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.columns import rows_of
from ingest.readers.segments import Segment

OUTER_ROWS = 2
GAP = 1.8  # line heights between furniture and text, from middle to middle
SAME_PLACE = 4.0  # points
LEAST_SHARE = 0.4  # of the pages: heads may alternate between left and right pages
_NUMBER = re.compile(r"\d+")


def running(pages: Sequence[Sequence[Segment]]) -> list[set[Segment]]:
    """For every page the lines that are furniture; a document of one page has none."""
    places: dict[tuple[str, bool], list[tuple[int, Segment]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for line, is_head in _outer(lines):
            places[_NUMBER.sub("#", line.text), is_head].append((number, line))
    found: list[set[Segment]] = [set() for _ in pages]
    filled = sum(bool(lines) for lines in pages)
    for seen in places.values():
        for group in _same_place(seen):
            if len({number for number, _ in group}) >= max(2, LEAST_SHARE * filled) and _varies(group):
                for number, line in group:
                    found[number].add(line)
    return found


def _outer(lines: Sequence[Segment]) -> list[tuple[Segment, bool]]:
    """The lines that stand apart at the head and at the foot, each with whether it stands at the head."""
    rows = rows_of(lines)
    head, foot = _apart(rows), _apart(rows[::-1])
    return [(line, True) for line in head] + [(line, False) for line in foot if line not in head]


def _apart(rows: Sequence[Sequence[Segment]]) -> list[Segment]:
    """The first one or two rows, if a gap parts them from the next one."""
    for count in range(1, OUTER_ROWS + 1):
        if count >= len(rows):
            return [line for row in rows[:1] for line in row]
        outer, inner = rows[count - 1][0], rows[count][0]
        if abs(outer.middle - inner.middle) >= GAP * max(outer.height, inner.height):
            return [line for row in rows[:count] for line in row]
    return []


def _same_place(seen: Sequence[tuple[int, Segment]]) -> list[list[tuple[int, Segment]]]:
    groups: list[list[tuple[int, Segment]]] = []
    for number, line in sorted(seen, key=lambda item: item[1].middle):
        if groups and abs(groups[-1][-1][1].middle - line.middle) <= SAME_PLACE:
            groups[-1].append((number, line))
        else:
            groups.append([(number, line)])
    return groups


def _varies(group: Sequence[tuple[int, Segment]]) -> bool:
    """Bare figures are page numbers only if they grow with the pages."""
    if re.search(r"[^\W\d_]{2}", group[0][1].text):
        return True
    numbers = [
        int(match.group()[:9]) for _, line in sorted(group, key=lambda g: g[0]) if (match := _NUMBER.search(line.text))
    ]
    return len(numbers) == len(group) and all(a < b for a, b in pairwise(numbers))
