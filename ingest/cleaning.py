"""Press-release cleaning: tells body from contact block and furniture, line by line, and mends torn sentences.

A letterhead of a PDF often lands in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.german.sentences import glue, is_dangling, is_open, sentences, starts_item, unwrap
from ingest.heads import is_no_title, names_paper
from ingest.letterhead import beginnings
from ingest.lines import (
    EMAIL,
    URL_LINE,
    has_contact_detail,
    is_address_row,
    is_bare_label,
    is_contact_line,
    is_date_line,
    is_furniture_line,
    is_labelled,
    names_organisation,
    plain,
)
from ingest.types import Block, Role

# Small words, which a line of an address does not have.
_PROSE = re.compile(r"(?<![\w@.])[a-zäöüß]{2,}(?![\w@])")
_WRAPPED, _NARROW = 0.6, 40  # a line that was wrapped: its share of the longest line, and characters at least
_LEADS_TO_CONTACT = (" an", " unter", " über", " bei", " per", " auf", " Telefon", " E-Mail")
_SHORT, _OFFICE = 70, 110  # characters of a line that is no text, and of one that names an office
_MARK = 20  # characters of a line that only says what kind of paper it is
LONGEST_WRAP = 420  # characters of a contact line that is wrapped


def classify(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with a role each; a block that mixes text and contact lines is divided."""
    parts = [part for block in blocks for part in _divide(block)]
    return _fill(parts)


def mend(blocks: Sequence[Block]) -> list[Block]:
    """Body blocks in order, with sentences that a letterhead or a page break tore made whole again."""
    out: list[Block] = []
    interrupted = False
    for block in blocks:
        if block.role != "body":
            interrupted = True
            continue
        lines = tuple(unwrap(block.lines))
        if out and _is_torn(out[-1], block, interrupted):
            out[-1] = _joined(out[-1], replace(block, lines=lines))
        else:
            out.append(replace(block, lines=lines))
        interrupted = False
    return out


def _joined(left: Block, right: Block) -> Block:
    """Two halves of a torn paragraph as one block that remembers where its second page begins."""
    lines = (*left.lines[:-1], glue(left.lines[-1], right.lines[0]), *right.lines[1:])
    joined = replace(left, lines=lines)
    if right.page is None or right.page == left.page:
        return joined
    offset = len(joined.text) - len(right.text)
    return replace(joined, breaks=(*left.breaks, (offset, right.page)))


def _divide(block: Block) -> Iterable[Block]:
    """Cut a block where the role of its lines changes; headings and given roles stay as they are."""
    if block.role is not None:
        yield _refined(block)
        return
    if block.level:
        yield replace(block, role="furniture" if is_furniture_line(block.text) else "body")
        return
    roles = _line_roles(block.lines)
    start = 0
    for i in range(1, len(roles) + 1):
        if i == len(roles) or roles[i] != roles[start]:
            yield replace(block, lines=block.lines[start:i], role=roles[start])
            start = i


def _refined(block: Block) -> Block:
    """Furniture of a page that gives contact details is contact."""
    if block.role == "furniture" and any(is_contact_line(line) for line in block.lines):
        return replace(block, role="contact")
    return block


def _line_roles(lines: Sequence[str]) -> list[Role]:
    roles: list[Role] = []
    narrow = max(map(len, lines), default=0) < 90
    for i, line in enumerate(lines):
        if is_address_row(line):
            roles.append("contact")
        elif is_furniture_line(line) or (narrow and is_date_line(line) and not line.endswith(":")):
            roles.append("furniture")
        elif _continues_text(lines, roles, i):
            roles.append("body")
        elif is_contact_line(line) or _follows_label(lines, roles, i) or _wraps_contact(lines, roles, i):
            roles.append("contact")
        else:
            roles.append("body")
    return roles


def _continues_text(lines: Sequence[str], roles: Sequence[Role], i: int) -> bool:
    """Whether a wrapped paragraph goes on with a phone number or mail address in it (»Sie ist / unter 030 … da«)."""
    if i == 0 or roles[i - 1] != "body" or not has_contact_detail(lines[i]):
        return False
    before, line = lines[i - 1].rstrip(), plain(lines[i]).strip()
    if (
        not is_open(before)
        or is_labelled(line)
        or len(before) < _WRAPPED * max(map(len, lines))
        or len(before) < _NARROW
    ):
        return False
    return before.endswith(_LEADS_TO_CONTACT) or bool(_PROSE.search(EMAIL.sub("", line)))


def _follows_label(lines: Sequence[str], roles: Sequence[Role], i: int) -> bool:
    """A short line under »Hausanschrift:« or between two contact lines is part of the block."""
    if i == 0 or roles[i - 1] != "contact" or len(lines[i]) > 60:
        return False
    if is_bare_label(lines[i - 1]):
        return True
    opened = any(is_bare_label(lines[j]) for j in range(max(0, i - 3), i))
    ahead = any(is_contact_line(line) for line in lines[i + 1 : i + 3])
    goes_on = not is_contact_line(lines[i - 1])  # the name of an office, wrapped
    return opened and ahead and (goes_on or not lines[i][:1].islower())


def _wraps_contact(lines: Sequence[str], roles: Sequence[Role], i: int) -> bool:
    """The wrapped rest of a long contact line (tram lines, the footnote on encrypted mail)."""
    if i == 0 or roles[i - 1] != "contact":
        return False
    j, length = i - 1, len(lines[i]) + 1 + len(lines[i - 1])
    while length < LONGEST_WRAP and j > 0 and roles[j - 1] == "contact" and not _starts_phrase(lines[j]):
        j -= 1
        length += 1 + len(lines[j])
    return length < LONGEST_WRAP and _starts_phrase(lines[j]) and is_open(" ".join(lines[j:i]))


def _starts_phrase(line: str) -> bool:
    return beginnings("phrases")(plain(line).strip())


def _fill(parts: Sequence[Block]) -> list[Block]:
    """Names of offices and people that stand between contact lines, or head the letterhead, are contact."""
    roles = [part.role for part in parts]
    head = _head(parts)
    for i, part in enumerate(parts):
        if _is_announced_link(parts, i):
            roles[i] = "body"
        if part.role != "body" or part.level or not _is_name_like(part):
            continue
        before = roles[i - 1] if i else None
        after = next((p.role for p in parts[i + 1 : i + 2]), None)
        if i < head or _is_office(parts, i, before, after):
            roles[i] = "contact"
    return [replace(part, role=role) for part, role in zip(parts, roles, strict=True)]


def _head(parts: Sequence[Block]) -> int:
    """Index of the title: the last short body block before the text begins; what stands above it is letterhead.

    Only a document that begins with letterhead lines (contact, kind mark, date) has a head at all.
    """
    start = next((i for i, p in enumerate(parts) if p.role == "body" and (p.level or _is_text(p))), 0)
    if not any(part.role != "body" for part in parts[:start]):
        return 0
    short = [i for i in range(start) if parts[i].role == "body" and not is_no_title(parts[i].text)]
    named = next((i for i in short if len(parts[i].text) > _MARK and names_paper(parts[i].text)), None)
    if named is not None:
        return named
    return short[-1] if short and not parts[start].level else start


def _is_text(part: Block) -> bool:
    """Whether a block is running text: long, or with a sentence that ends inside it."""
    return not _is_name_like(part) or len(sentences(part.text)) > 1


def _is_office(parts: Sequence[Block], i: int, before: Role | None, after: Role | None) -> bool:
    short = len(parts[i].text) < 60
    labelled = before == "contact" and is_bare_label(parts[i - 1].lines[-1])
    between = before in ("contact", "furniture")
    return short and (labelled or (after == "contact" and (between or names_organisation(parts[i].text))))


def _is_announced_link(parts: Sequence[Block], i: int) -> bool:
    """An address on its own that the sentence before it announces (»unter folgendem Link:«)."""
    announced = i > 0 and parts[i - 1].role == "body" and parts[i - 1].text.rstrip().endswith(":")
    return announced and len(parts[i].lines) == 1 and bool(URL_LINE.match(parts[i].text.strip()))


def _is_name_like(part: Block) -> bool:
    longest = _OFFICE if names_organisation(part.text) else _SHORT
    return len(part.lines) <= 3 and all(len(line) <= longest for line in part.lines) and is_open(part.text)


def _is_torn(left: Block, right: Block, interrupted: bool) -> bool:
    """Whether `right` goes on with the sentence that `left` began."""
    crossed = interrupted or left.page != right.page
    last = left.lines[-1]
    if starts_item(right.lines[0], last):
        return False
    if crossed and is_dangling(last) and not right.level:  # no heading ends so, either
        return True
    if left.level or right.level:
        return False
    if not is_open(last) or last.rstrip().endswith(":"):
        return False
    if right.lines[0][:1].islower():
        return crossed or len(last) > 60
    return crossed and (len(last) > 60 or last.rstrip().endswith((",", "-")))
