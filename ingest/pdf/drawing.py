"""What is drawn on a page beside text: straight rules, and how much room pictures take."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ingest.pdf.frame import Frame

MAX_RULES = 4_000
MAX_DEPTH = 6
MAX_SEGMENTS = 2_000
Matrix = tuple[float, float, float, float, float, float]


def drawing(page: Any, frame: Frame) -> tuple[list[list[float]], int, float]:
    """Straight rules of a page, how many paths it has, and the area of its pictures in square points."""
    import pypdfium2.raw as raw

    rules: list[list[float]] = []
    paths, area = 0, 0.0
    for item, matrix in _objects(page.raw, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = frame.rect(*_bounds(item, matrix))
            area += max(0.0, min(x1, frame.size[0]) - max(x0, 0)) * max(0.0, min(y1, frame.size[1]) - max(y0, 0))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if len(rules) < MAX_RULES and paths < 5 * MAX_RULES:
                rules += [[round(v, 1) for v in frame.rect(*rule)] for rule in _path_rules(item, matrix)]
    return rules, paths, area


def _objects(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """Page objects, those inside forms too, each with the matrix of the form around it."""
    import pypdfium2.raw as raw

    count, get = (
        (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
    )
    for i in range(min(count(holder), 20_000)):
        item = get(holder, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < MAX_DEPTH:
            yield from _objects(item, _times(_matrix(item), matrix), depth + 1)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as raw

    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies `m` first and `n` then."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _moved(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    import pypdfium2.raw as raw

    v = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *v)
    return *_moved(v[0].value, v[1].value, matrix), *_moved(v[2].value, v[3].value, matrix)


def _path_rules(item: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Straight strokes along an axis, and filled areas as thin as a stroke."""
    import pypdfium2.raw as raw

    x0, y0, x1, y1 = _bounds(item, matrix)
    if min(abs(x1 - x0), abs(y1 - y0)) < 2.5:
        if max(abs(x1 - x0), abs(y1 - y0)) > 4:
            yield x0, y0, x1, y1
        return
    stroke = ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.c_int(), stroke)
    own = _times(_matrix(item), matrix)
    for points in _outlines(item, own):
        if stroke.value:
            yield from ((*a, *b) for a, b in pairwise(points) if _is_straight(a, b))
        elif (thin := _thin(points)) is not None:
            yield thin


def _outlines(item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of every connected piece of a path; a curve counts as its end points."""
    import pypdfium2.raw as raw

    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(raw.FPDFPath_CountSegments(item), MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_moved(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _thin(points: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """The box of a filled piece that is as thin as a stroke."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    return box if min(box[2] - box[0], box[3] - box[1]) < 2.5 and max(box[2] - box[0], box[3] - box[1]) > 4 else None


def _is_straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(dx, dy) < 1 and max(dx, dy) > 4
