"""Tables and forms with ruling lines: rules become grids of cells, and cells take the text inside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.segments import Rule, Segment

NEAR = 2.5  # points within which two rules touch
LEAST = 12.0  # points: what is shorter belongs to a tick box
MAX_LINES = 60  # rules of one direction in a grid
MAX_RULES = 1500


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over columns `c0..c1` and rows `r0..r1` (both ends within), rows counted from the top."""

    c0: int
    c1: int
    r0: int
    r1: int
    box: Segment


@dataclass(frozen=True, slots=True)
class Grid:
    """A connected net of rules with at least one cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]  # from top to bottom
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Segment:
        """The outer frame."""
        return Segment(self.xs[0], self.ys[-1], self.xs[-1], self.ys[0], "")


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """All nets of rules, the smallest first, so that a table inside a frame comes before the frame."""
    if len(rules) > MAX_RULES:
        return []
    level = _merged([r for r in rules if not r.upright])
    upright = _merged([_flip(r) for r in rules if r.upright])
    found = [grid for net in _nets(level, [_flip(r) for r in upright]) if (grid := _grid(*net)) is not None]
    return sorted(found, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[0] - g.ys[-1]))


def _flip(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _merged(level: Iterable[Rule]) -> list[Rule]:
    """Pieces of one level rule as one."""
    out: list[Rule] = []
    for rule in sorted(level, key=lambda r: (round(r.y0 / NEAR), r.x0)):
        y = (rule.y0 + rule.y1) / 2
        for i in range(len(out) - 1, max(-1, len(out) - 30), -1):
            other = out[i]
            if abs(other.y0 - y) < NEAR and rule.x0 <= other.x1 + NEAR and rule.x1 >= other.x0 - NEAR:
                out[i] = Rule(min(other.x0, rule.x0), other.y0, max(other.x1, rule.x1), other.y0)
                break
        else:
            out.append(Rule(rule.x0, y, rule.x1, y))
    return [rule for rule in out if rule.x1 - rule.x0 >= LEAST]


def _nets(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if h.x0 - NEAR <= v.x0 <= h.x1 + NEAR and v.y0 - NEAR <= h.y0 <= v.y1 + NEAR:
                parent[root(i)] = root(len(level) + j)
    nets: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate((*level, *upright)):
        nets[root(i)][int(i >= len(level))].append(rule)
    return list(nets.values())


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    if len(level) < 2 or len(upright) < 1:
        return None
    xs = _levels([v.x0 for v in upright] + [min(h.x0 for h in level), max(h.x1 for h in level)])
    ys = _levels([h.y0 for h in level])[::-1]
    if not (2 <= len(xs) <= MAX_LINES and 2 <= len(ys) <= MAX_LINES):
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, level, upright)))


def _levels(values: Iterable[float]) -> list[float]:
    """Values without near doubles, ascending."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * NEAR:
            out.append(value)
    return out


def _cells(xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]) -> list[Cell]:
    """Join grid fields wherever no rule parts them."""
    columns, rows = len(xs) - 1, len(ys) - 1
    group = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        old, new = group[other], group[one]
        if old != new:
            for field in [f for f, g in group.items() if g == old]:
                group[field] = new

    flipped = [_flip(v) for v in upright]
    for r, c in list(group):
        if c + 1 < columns and not _is_ruled(flipped, xs[c + 1], ys[r + 1], ys[r]):
            join((r, c), (r, c + 1))
        if r + 1 < rows and not _is_ruled(level, ys[r + 1], xs[c], xs[c + 1]):
            join((r, c), (r + 1, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for field, owner in group.items():
        members[owner].append(field)
    return sorted((_cell(fields, xs, ys) for fields in members.values()), key=lambda cell: (cell.r0, cell.c0))


def _is_ruled(level: Sequence[Rule], y: float, x0: float, x1: float) -> bool:
    covered = sum(max(0.0, min(rule.x1, x1) - max(rule.x0, x0)) for rule in level if abs(rule.y0 - y) <= 2 * NEAR)
    return covered >= 0.6 * (x1 - x0)


def _cell(fields: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Cell:
    r0, r1 = min(r for r, _ in fields), max(r for r, _ in fields)
    c0, c1 = min(c for _, c in fields), max(c for _, c in fields)
    return Cell(c0, c1, r0, r1, Segment(xs[c0], ys[r1 + 1], xs[c1 + 1], ys[r0], ""))


def inside(item: Segment, box: Segment) -> bool:
    """Whether the middle of an item lies in a box."""
    return (
        box.left - 1 <= (item.left + item.right) / 2 <= box.right + 1 and box.bottom - 1 <= item.middle <= box.top + 1
    )


def fill(items: Sequence[Segment], grid: Grid) -> tuple[list[list[Segment]], list[Segment]]:
    """The items of every cell of the grid, and the items outside."""
    filled: list[list[Segment]] = [[] for _ in grid.cells]
    rest: list[Segment] = []
    for item in items:
        at = next((i for i, cell in enumerate(grid.cells) if inside(item, cell.box)), None)
        (rest if at is None else filled[at]).append(item)
    return filled, rest
