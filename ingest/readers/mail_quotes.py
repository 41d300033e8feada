"""Tells the message of a mail from the earlier mails it quotes and from the card of its sender, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.data import load
from ingest.types import Block, Role

_LONGEST_CARD = 25  # lines below "-- " that can be the card of a sender; more is text below a dividing line


def apart(blocks: Sequence[Block], *, forwarded: bool) -> list[Block]:
    """The blocks with roles: None for the message, furniture for quoted mails, contact for the card of the sender.

    `forwarded` says that the subject announces a mail passed on: then the earlier mail is what matters. Where nothing
    but quoted text is left, that is the message.
    """
    lines = [line for block in blocks for line in block.lines]
    roles = _roles(lines, [block.role for block in blocks for _ in block.lines], forwarded)
    if not any(role is None for role in roles):
        roles = [
            None if role == "furniture" and not _is_mark(line) else role
            for line, role in zip(lines, roles, strict=True)
        ]
    out: list[Block] = []
    at = 0
    for block in blocks:
        out.extend(_divided(block, roles[at : at + len(block.lines)]))
        at += len(block.lines)
    return out


def _divided(block: Block, roles: Sequence[Role | None]) -> Iterator[Block]:
    """`block` cut where the role of its lines changes; marks of quotation go where the text is the message."""
    start = 0
    for i in range(1, len(roles) + 1):
        if i == len(roles) or roles[i] != roles[start]:
            lines = block.lines[start:i]
            if roles[start] is None:
                lines = tuple(filter(None, (re.sub(r"^(?:>\s?)+", "", line) for line in lines)))
            if lines:
                yield replace(block, lines=lines, role=roles[start])
            start = i


def _roles(lines: Sequence[str], given: Sequence[Role | None], forwarded: bool) -> list[Role | None]:
    """The role of each line; `given` are the roles that the format knows (quotations in HTML)."""
    roles: list[Role | None] = []
    below: Role | None = None  # the role of all lines from here on
    passed_on = False
    skip = 0  # lines of a header that belong to the mark above
    for i, line in enumerate(lines):
        kind = "" if skip else _kind(lines, i)
        if skip:
            skip -= 1
            roles.append("furniture")
        elif kind in ("quoted", "forwarded"):
            passed_on = kind == "forwarded" or forwarded
            below = None if passed_on or _is_marked(lines, given, i) else "furniture"
            skip = _header_length(lines, i)
            roles.append("furniture")
        elif kind == "card" and below is None:
            below = "contact"
            roles.append("furniture")
        elif below is None and (_matches("furniture", line) or (line.startswith(">") and not passed_on)):
            roles.append("furniture")
        else:
            roles.append(below or (None if passed_on else given[i]))
    return roles


def _kind(lines: Sequence[str], i: int) -> str:
    """What begins with line `i`: `quoted`, `forwarded`, `card`, or "" where nothing does."""
    line = lines[i]
    if _matches("forwarded_from", line):
        return "forwarded"
    if _begins_quotation(lines, i):
        return "quoted"
    return "card" if _matches("signature", line) and _is_card(lines, i) else ""


def _begins_quotation(lines: Sequence[str], i: int) -> bool:
    line, rest = lines[i], lines[i + 1 : i + 2]
    if _matches("quoted_from", line):
        return True
    if _matches("wrapped_from", line) and rest and _matches("goes_on", rest[0]):
        return True
    ruled = _matches("ruled_from", line) and bool(rest) and _matches("header_begins", rest[0])
    header = _matches("header_begins", line) and sum(_matches("header_field", x) for x in lines[i : i + 5]) >= 3
    return ruled or header


def _header_length(lines: Sequence[str], i: int) -> int:
    """How many lines after the mark `i` repeat the header of the earlier mail, or end a wrapped mark."""
    count = 0
    for line in lines[i + 1 : i + 12]:
        wrapped = count == 0 and _matches("wrapped_from", lines[i]) and _matches("goes_on", line)
        if not wrapped and not _matches("header_field", line):
            break
        count += 1
    return count


def _is_marked(lines: Sequence[str], given: Sequence[Role | None], i: int) -> bool:
    """Whether the quotation that begins here is marked line by line, so that an answer may stand below it."""
    after = i + 1 + _header_length(lines, i)
    return any(line.startswith(">") for line in lines[after : after + 1]) or given[after : after + 1] == ["furniture"]


def _is_card(lines: Sequence[str], i: int) -> bool:
    rest = lines[i + 1 :]
    until = next(
        (j for j in range(len(rest)) if _begins_quotation(rest, j) or _matches("forwarded_from", rest[j])), len(rest)
    )
    return until <= _LONGEST_CARD


def _is_mark(line: str) -> bool:
    return any(
        _matches(key, line) for key in ("quoted_from", "forwarded_from", "header_field", "furniture", "ruled_from")
    )


def _matches(key: str, line: str) -> bool:
    return bool(_pattern(key).fullmatch(line.lstrip("> ")))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    value = load("mail")[key]
    return re.compile("|".join(f"(?:{part})" for part in ([value] if isinstance(value, str) else value)))
