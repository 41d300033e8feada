"""German sentence boundaries with exact offsets.

A full stop ends a sentence only if what stands before it is neither an abbreviation nor an ordinal; where both
readings are possible ("1,3 Mio. Die …"), the next word decides. Vocabulary: `ingest/data/sentences.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.data import load

Span = tuple[int, int]

# What is said at the end of a text, or after a mark, is decided by so many characters; the time for a long paragraph
# would grow with the square of its length otherwise.
TAIL = 400
CLOSERS = "«»“”‟\"'’‘‹›)]"
BULLET = re.compile(r"(?:[-–—•▪◦*·]|\(?[0-9]{1,2}[.)]|\(?[a-z]{1,2}\))\s+\S")
_END = re.compile(rf"(?:[.!?]+|…)(?:[{re.escape(CLOSERS)}]*)(?=\s|$)")
_FINAL = re.compile(rf"(?:[.!?:]|…)[{re.escape(CLOSERS)}]*$")
_DIVIDED = re.compile(r"[^\W\d_]-$")
_IN_NUMBER = re.compile(r"[\d.,]$")
_TOKEN_BEFORE = re.compile(r"((?:[^\W\d_]{1,5}\.[ \u00a0]?)*[^\W_]+(?:-[^\W_]+)*)$")
# »Zuschuss des Landes: 38.250 Euro«, »Protokoll: Max Muster«, one a line
_ENTRY = re.compile(r"[\w(][^:.!?]{1,60}:\s\D{0,25}\d|[A-ZÄÖÜ][\wäöüß-]{2,20}:\s\S")
_NUMBERED_TITLE = re.compile(r"(?:^|[.:!?]\s)(?:[IVX]+\.|\d{1,2}\.|[a-z]\))\s+[A-ZÄÖÜ][^.!?]{0,60}$")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_ORDINAL = re.compile(r"\b(?:am|vom|zum|dem|den|der|die|das|des|bis|ab|seit|im|beim|zur|und|jede[nrms]?)$")
_INNER_CAPITAL = re.compile(r"[A-ZÄÖÜ]+[a-zäöüß]*[A-ZÄÖÜ]+[a-zäöüß]+")  # SächsABl, SDr, ASSKomm
_ROMAN = re.compile(r"[IVX]{1,5}$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("sentences")[name].split())


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, without surrounding white space, in order and without overlap."""
    spans: list[Span] = []
    for start, end in _lines(text):
        spans.extend(_split_line(text, start, end))
    return spans


def is_open(text: str) -> bool:
    """Whether `text` breaks off inside a sentence: no final mark, or one that belongs to an abbreviation."""
    stripped = text.rstrip()[-TAIL:]
    match = _FINAL.search(stripped)
    if not match:
        return True
    if stripped[match.start()] != ".":
        return False
    token = _token_before(stripped, 0, match.start())
    return (token.isdigit() and len(token) < 3) or _kind(token) != "word" or _is_initial(token)


def is_dangling(text: str) -> bool:
    """Whether `text` ends in a word that always has another behind it (»… an dem«)."""
    words = text.split()
    return bool(words) and words[-1] in _words("dangling")


def starts_item(line: str, before: str = "") -> bool:
    """Whether a line begins a list item; "30. September" after "bis zum" is a date, not the thirtieth item."""
    if not BULLET.match(line):
        return False
    ordinal = re.match(r"\d{1,2}\.\s+(\w+)", line)
    if ordinal is None:
        return True
    return ordinal.group(1) not in _words("months") and not _BEFORE_ORDINAL.search(before.rstrip()[-TAIL:])


def unwrap(lines: tuple[str, ...]) -> list[str]:
    """Join the lines of a wrapped paragraph; list items and numbered titles stay lines of their own."""
    out: list[str] = []
    parts: list[str] = []
    tail = before = ""  # the end of `parts`, and the line before
    for line in (candidate.strip() for candidate in lines):
        if not line:
            continue
        entry = _ENTRY.match(line) and _ENTRY.match(before)
        before = line
        if parts and not (entry or starts_item(line, tail) or _NUMBERED_TITLE.search(tail)) and is_open(tail):
            cut, joint = _seam(tail, line)
            parts[-1] = parts[-1][: len(parts[-1]) - cut]
            parts.append(joint + line)
            tail = (tail[: len(tail) - cut] + parts[-1])[-TAIL:]
        else:
            out.append("".join(parts))
            parts, tail = [line], line[-TAIL:]
    return [*out[1:], "".join(parts)] if parts else []


def glue(left: str, right: str) -> str:
    """Join two halves of a torn line; a word divided at the line end becomes whole ("Präven-/tion")."""
    cut, joint = _seam(left, right)
    return left[: len(left) - cut] + joint + right


def _seam(left: str, right: str) -> tuple[int, str]:
    """How many characters of `left` go, and what comes between."""
    divided = _DIVIDED.search(left, max(0, len(left) - 2))
    if divided and re.match(r"[a-zäöüß]", right):
        return (0, " ") if re.match(r"(?:und|oder|bzw\.|sowie|als|wie)\b", right) else (1, "")
    if left.endswith("\u00ad"):
        return 1, ""
    return 0, "" if divided and re.match(r"[A-ZÄÖÜ]", right) else " "


def _lines(text: str) -> list[Span]:
    """Stretches that a sentence cannot leave: paragraphs, list items, lines after a final mark."""
    spans: list[Span] = []
    start = 0
    for match in re.finditer(r"\n+", text):
        hard = match.end() - match.start() > 1
        before = text[max(start, match.start() - TAIL) : match.start()]
        after = text[match.end() : match.end() + 40]
        entry = _ENTRY.match(before.rpartition("\n")[2]) and _ENTRY.match(text, match.end())
        if hard or entry or starts_item(after, before) or not is_open(before) or _NUMBERED_TITLE.search(before):
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(text)))
    return spans


def _split_line(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() >= end or _is_boundary(text, begin, match, end):
            spans.append(_strip(text, begin, match.end()))
            begin = match.end()
    if text[begin:end].strip():
        spans.append(_strip(text, begin, end))
    return [span for span in spans if span[0] < span[1]]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_boundary(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    rest = text[match.end() : min(end, match.end() + TAIL)].lstrip()
    if not rest:
        return True
    first = rest.lstrip("«»„“\"'‚([–—- \u00a0")[:1]
    if first.islower():
        return False
    if text[match.start()] in "!?":
        return True
    if text[match.start()] == "…":
        return _next_word(rest) in _words("starters")
    return _full_stop_ends(text, begin, match, rest)


def _full_stop_ends(text: str, begin: int, match: re.Match[str], rest: str) -> bool:
    token = _token_before(text, begin, match.start())
    closed = match.end() - match.start() > 1
    if not token:
        return True
    starts_sentence = _next_word(rest) in _words("starters") or rest[0] in "„»"
    if token.isdigit():
        return _number_ends(text, begin, match.start(), token, rest, starts_sentence)
    if _is_list_mark(text, begin, match.start(), token):
        return False
    kind = _kind(token)
    if kind == "never":
        return closed and starts_sentence
    if kind == "usually":
        return True
    if kind == "maybe":
        return (starts_sentence or closed) and not rest[0].isdigit()
    if _is_initial(token):
        return closed or (_next_word(rest) in _words("starters") and token not in "zdui")
    return True


def _number_ends(text: str, begin: int, dot: int, token: str, rest: str, starts_sentence: bool) -> bool:
    """An ordinal ("am 12. Mai", "3. Sitzung") does not end; a year or a large number does."""
    before = text[max(begin, dot - len(token) - TAIL) : dot - len(token)].rstrip()
    if not before.strip(CLOSERS + "„»«( \n\t") or before.endswith(":"):
        return False
    if before.rsplit(" ", 1)[-1] in _words("references"):
        return True
    if _next_word(rest) in _words("months"):
        return False
    if len(token) >= 3 or _IN_NUMBER.search(text, max(begin, dot - len(token) - 2), dot - len(token)):
        return True
    return starts_sentence


def _is_list_mark(text: str, begin: int, dot: int, token: str) -> bool:
    mark = len(token) == 1 or _ROMAN.match(token)
    return bool(mark) and not text[begin : dot - len(token)].strip()


def _token_before(text: str, begin: int, dot: int) -> str:
    start = max(begin, dot - 40)
    blank = max(text.rfind(" ", start, dot), text.rfind("\u00a0", start, dot))
    if blank >= start and (blank == start or text[blank - 1] != "."):
        start = blank + 1  # only an abbreviation of several words holds a blank
    match = _TOKEN_BEFORE.search(text, start, dot)
    return match.group(1) if match else ""


def _kind(token: str) -> str:
    """`never`, `maybe` (an abbreviation that may end a sentence) or `word`."""
    joined = token.replace(" ", "").replace("\u00a0", "")
    for name in (joined, joined.rsplit(".", 1)[-1] if joined.count(".") else joined):
        for kind in ("usually", "maybe", "never"):
            if name in _words(kind):
                return kind
    return "maybe" if _INNER_CAPITAL.fullmatch(joined) else "word"


def _is_initial(token: str) -> bool:
    last = re.split(r"[.\s]+", token)[-1]
    return len(last) == 1 and last.isalpha()


def _next_word(rest: str) -> str:
    match = _WORD.search(rest)
    return match.group() if match else ""
