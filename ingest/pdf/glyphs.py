"""From the characters that the engine finds on a page to runs of text.

Own rules instead of the engine's rectangles: blanks follow the distance of characters, raised digits stay apart from
the number or word before them, characters outside the visible page are left out.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ingest.pdf.frame import Frame

MAX_CHARS = 60_000  # of one page; a dense page of print has 8,000
RUN_GAP = 0.6  # of the font size: a wider gap ends a run
BLANK = 0.17  # of the font size: a wider gap is a blank
DESCENT, ASCENT = 0.22, 0.75  # of the font size: where a line ends below and above its base line

_FOLD = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how the engine and typesetters write a hyphen at a line end
_WINGDINGS = {0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x73: "•", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "□",
              0xD8: "▸", 0xE0: "→", 0xE8: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x97: "•"}
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = ("m", "km", "cm", "mm", "dm")
_BLANKS = (0x20, 0xA0)
_BREAKS = (0x0A, 0x0D)


class Style:
    """What the characters of one text object share: size, direction, and where the base line lies in their boxes."""

    def __init__(self, text_page: Any, i: int, box: Any, turn: int) -> None:
        import pypdfium2.raw as raw

        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text_page, i, matrix)
        self.size = abs(raw.FPDFText_GetFontSize(text_page, i)) * float((matrix.c**2 + matrix.d**2) ** 0.5)
        upright = abs(matrix.a) >= abs(matrix.b)
        own = (0 if matrix.a >= 0 else 180) if upright else (270 if matrix.b > 0 else 90)
        self.turn = (own + turn) % 360  # clockwise, as the reader sees it
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text_page, i, x, y)
        self.dx, self.dy = x.value - box.left, y.value - box.bottom
        across = box.top - box.bottom if upright else box.right - box.left
        if not 0.35 * self.size < across < 3 * self.size:  # fonts that name no size of their own
            self.size = across if across > 1 else max(self.size, 1.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box and the origin of its base line, in the page's own coordinates."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: Style
    blank: bool  # a blank stands before it
    fresh: bool  # a new line begins with it


@dataclass(slots=True)
class Run:
    """Text that grows from left to right on one base line, or a piece of turned text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    turned: bool
    base: float
    size: float

    def row(self) -> list[Any]:
        """What the parent gets: `[left, bottom, right, top, text, turned]`."""
        box = (round(value, 1) for value in (self.left, self.bottom, self.right, self.top))
        return [*box, self.text.strip(), int(self.turned)]


def glyphs(text_page: Any, frame: Frame) -> tuple[list[Glyph], int]:
    """The visible characters in the order of the file, and how many have no known letter."""
    import pypdfium2.raw as raw

    found: list[Glyph] = []
    lost, owner, style, fresh = 0, None, None, True
    blank: float | None = None  # where the last blank begins
    box = raw.FS_RECTF()
    for i in range(min(text_page.count_chars(), MAX_CHARS)):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if code in _BLANKS or code in _BREAKS:
            fresh = fresh or code in _BREAKS
            if not raw.FPDFText_IsGenerated(text_page, i):
                raw.FPDFText_GetLooseCharBox(text_page, i, box)
                blank = box.left
            continue
        text = _letter(code) or (_symbol(text_page, i, code) if 0xF020 <= code <= 0xF0FF else "")
        if not text:
            lost += 1
            continue
        raw.FPDFText_GetLooseCharBox(text_page, i, box)
        holder = ctypes.cast(raw.FPDFText_GetTextObject(text_page, i), ctypes.c_void_p).value
        if style is None or holder is None or holder != owner:
            owner, style = holder, Style(text_page, i, box, frame.turn)
        origin = (box.left + style.dx, box.bottom + style.dy)
        if frame.holds((box.left + box.right) / 2, origin[1]):
            edges = (box.left, box.bottom, box.right, box.top)
            # Typesetters leave blanks under the next letter at places where a word may be divided.
            covered = blank is not None and abs(blank - box.left) < 0.03 * style.size and style.turn == 0
            found.append(Glyph(text, edges, origin, style, blank is not None and not covered, fresh))
            blank, fresh = None, False
    return found, lost


def _letter(code: int) -> str:
    """The text of a code point: hyphens and bullets by their usual sign, ligatures in letters, "" for none."""
    if code in _FOLD:
        return _FOLD[code]
    if 0xFB00 <= code <= 0xFB06:
        return _LIGATURES[code - 0xFB00]
    private = 0xE000 <= code <= 0xF8FF or 0xD800 <= code < 0xE000
    return "" if code < 32 or private or code in (0x7F, 0xFEFF, 0xFFFD, 0xFFFF) else chr(code)


def _symbol(text_page: Any, i: int, code: int) -> str:
    """A sign of the picture fonts that office programs use for lists and tick boxes."""
    import pypdfium2.raw as raw

    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text_page, i, name, 200, None)
    font = name.value.decode("latin-1").casefold()
    if "wingdings" not in font:
        return "•" if code == 0xF0B7 else ""
    return (_WINGDINGS_2 if re.search(r"wingdings\W?2", font) else _WINGDINGS).get(code - 0xF000, "")


def main_turn(found: list[Glyph]) -> int:
    """How far most characters of the page are turned for a reader, in degrees clockwise."""
    turns = Counter(glyph.style.turn for glyph in found)
    return max(turns, key=lambda turn: turns[turn], default=0)


def runs_of(found: list[Glyph], turn: int, frame: Frame) -> list[list[Any]]:
    """Runs of text in `frame`, in which text turned by `turn` stands upright."""
    runs: list[Run] = []
    for glyph in found:
        last = runs[-1] if runs else None
        if glyph.style.turn != turn:
            _add_turned(runs, glyph, frame)
        elif last is None or last.turned or not _goes_on(last, glyph, frame):
            left, _, right, _ = frame.rect(*glyph.box)
            y, size = frame.point(*glyph.origin)[1], glyph.style.size
            runs.append(Run(left, y - DESCENT * size, right, y + ASCENT * size, glyph.text, False, y, size))
        else:
            _append(last, glyph, frame)
    return [run.row() for run in runs if run.text.strip()]


def _add_turned(runs: list[Run], glyph: Glyph, frame: Frame) -> None:
    left, bottom, right, top = frame.rect(*glyph.box)
    last = runs[-1] if runs else None
    if last is None or not last.turned or glyph.fresh:
        runs.append(Run(left, bottom, right, top, glyph.text, True, 0.0, glyph.style.size))
        return
    last.left, last.bottom = min(last.left, left), min(last.bottom, bottom)
    last.right, last.top = max(last.right, right), max(last.top, top)
    last.text += (" " if glyph.blank else "") + glyph.text


def _goes_on(run: Run, glyph: Glyph, frame: Frame) -> bool:
    """Whether a character stands right behind the run, on its line or as a raised or lowered mark of it."""
    gap = frame.rect(*glyph.box)[0] - run.right
    rise, size = frame.point(*glyph.origin)[1] - run.base, glyph.style.size
    em = max(run.size, size)
    reach = 0.12 if abs(size - run.size) < 0.15 * em else 0.6
    return bool(-0.35 * em < gap < RUN_GAP * em and abs(rise) < reach * em)


def _append(run: Run, glyph: Glyph, frame: Frame) -> None:
    left, _, right, _ = frame.rect(*glyph.box)
    y, size = frame.point(*glyph.origin)[1], glyph.style.size
    raised = size < 0.85 * run.size and y - run.base > 0.15 * run.size
    sign, parted = _raised(run.text, glyph.text) if raised else (glyph.text, False)
    blank = parted or glyph.blank or left - run.right > BLANK * max(run.size, size)
    run.text += (" " if blank else "") + sign
    run.right = max(run.right, right)
    if size > 1.2 * run.size:  # a small mark came first
        run.bottom, run.top, run.base, run.size = y - DESCENT * size, y + ASCENT * size, y, size


def _raised(before: str, text: str) -> tuple[str, bool]:
    """A raised digit as a raised sign, and whether a blank parts it from the word: a note is no square metre."""
    sign = text.translate(_SUPERSCRIPT)
    word = before.rsplit(" ", 1)[-1]
    return sign, sign != text and word not in _UNITS and before[-1:] not in "⁰¹²³⁴⁵⁶⁷⁸⁹,"
