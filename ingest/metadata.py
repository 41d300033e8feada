"""Title, kind, publisher and publication date of a document, each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.data import load
from ingest.german.dates import NEAR, DateMention, find_dates, format_german, parse_period
from ingest.german.quantities import number_words
from ingest.german.sentences import is_open, sentences
from ingest.lines import is_date_line, names_publisher, set_in_capitals, unspaced
from ingest.types import Block, Published, RawDocument

_ABSTRACT_TITLES = {"", "untitled", "unbenannt", "dokument", "document", "microsoft word"}
_TODAY = re.compile("heut", re.IGNORECASE)
_TODAY_WORDS = re.compile(r"\b(?:heutigen|heute,?(?:\s+(?:am|dem|den))*)\s*$", re.IGNORECASE)
_SIGNATURE = re.compile(r"^[A-ZÄÖÜ][\wäöüß./ -]{2,30},\s*(?:den|am)?\s*\d")
_MASTHEAD = re.compile(
    r"^[^.!?:]{0,80}[·|•–]\s*(?:(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend),?\s*)(?:den|dem)?\s*$"
)
_FUTURE = re.compile(r"\b(?:bis|ab|soll\w*|wird|werden|geplant\w*|künftig|nächste\w*|kommende\w*|für)\b", re.IGNORECASE)
_YEARS_AGO = re.compile(r"\b[Hh]eute (?:auf den Tag genau )?vor (\w+) Jahr(?:en)?, am ")
_LINE = 110  # characters of a name in a letterhead
_WRAPPED = re.compile(r"(?:des|der|für|und)\s", re.IGNORECASE)
_MINUTES = re.compile(r"^(?:\w+)?(?:niederschrift|protokoll|vermerk|mitschrift)\b(?! vom\b)", re.IGNORECASE)
_STAND = re.compile(r"\bStand:?\s*(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; `title_block` is the index of the block that serves as title, or None."""

    title: str
    title_block: int | None
    kind: str
    publisher: str
    published: Published


def describe(raw: RawDocument, blocks: Sequence[Block], name: str, today: date) -> Metadata:
    """Read the metadata of `blocks` (classified, in file order); `today` bounds an inferred date."""
    title_block = _title_block(blocks, raw)
    title = raw.meta.get("title", "") if not _is_abstract(raw.meta.get("title", "")) else ""
    if title_block is not None and not title:
        title = unspaced(" ".join(blocks[title_block].text.split()))
    title = title or _opening(blocks) or name
    return Metadata(
        title,
        title_block,
        raw.meta.get("kind") or _kind(blocks, title, name),
        raw.meta.get("publisher") or raw.meta.get("author") or _publisher(blocks, title_block),
        _published(raw, blocks, title_block, name, today),
    )


def _is_abstract(title: str) -> bool:
    return title.casefold().strip() in _ABSTRACT_TITLES or title.casefold().startswith("microsoft word")


def _title_block(blocks: Sequence[Block], raw: RawDocument) -> int | None:
    """The first body block if it is a heading or reads like one; the name of who writes above a title is none."""
    body = [i for i, block in enumerate(blocks) if block.role == "body"]
    headed = len(body) > 2 and not raw.meta.get("title")
    if headed and _is_letterhead(blocks[body[0]]) and _is_heading_like(blocks[body[1]]):
        body = body[1:]
    for i in body:
        block = blocks[i]
        text = " ".join(block.text.split())
        same = text.casefold() == raw.meta.get("title", "").casefold()
        return i if block.level or same or (_is_heading_like(block) and i + 1 < len(blocks)) else None
    return None


def _is_letterhead(block: Block) -> bool:
    """Lines that each name an organisation (»Stadt Musterau / – Präventionsrat –«)."""
    own = [line for line in block.lines if not _WRAPPED.match(line)]
    named = all(names_publisher(line) and len(line) <= _LINE for line in own)
    return named and not block.level and is_open(block.text)


def _is_heading_like(block: Block) -> bool:
    return len(block.text) <= 160 and is_open(block.text) and not block.text.endswith(":")


def _opening(blocks: Sequence[Block]) -> str:
    """The beginning of the first sentence, for documents without a title."""
    body = next((" ".join(block.text.split()) for block in blocks if block.role == "body"), "")
    if not body:
        return ""
    start, end = sentences(body)[0]
    first = body[start:end]
    return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _kind(blocks: Sequence[Block], title: str, name: str) -> str:
    data = load("kinds")
    parts: dict[str, Callable[[], str]] = {
        "head": lambda: "\n".join(block.text for block in blocks[:6]),
        "title": lambda: title,
        "text": lambda: "\n".join(block.text for block in blocks),
    }
    for rule in data["kind"]:
        if any(re.search(rule[part], text()) for part, text in parts.items() if part in rule):
            return str(rule["name"])
    suffix = name.rsplit(".", 1)[-1].lower()
    return str(data["fallback"].get(suffix, data["fallback"]["default"]))


def _publisher(blocks: Sequence[Block], title_block: int | None) -> str:
    """The first line of the letterhead that names an organisation."""
    head = blocks[: title_block if title_block is not None else 0]
    if title_block is not None and len(blocks[title_block].lines) > 1:
        head = [*head, replace(blocks[title_block], lines=blocks[title_block].lines[:1])]
    rest = [block for block in blocks if block.role == "contact"]
    for block in (*head, *rest):
        name = _organisation(block) if block.role != "furniture" else ""
        if name:
            return name
    return _issuer(blocks) or "nicht genannt"


def _organisation(block: Block) -> str:
    """The line of a letterhead that names an organisation, without label, markup and second line."""
    lines = [set_in_capitals(re.sub(r"[*_]{2,}", "", line)) for line in block.lines]
    for i, line in enumerate(lines):
        name = re.split(r"\s+·\s+", re.sub(r"^[\w. -]{2,30}:\s*", "", line))[0].strip()
        sentence = not is_open(name) or name.endswith(":")
        if sentence or not names_publisher(name) or re.search(r"[\d@]", name) or len(name) > 90:
            continue
        wrapped = i + 1 < len(lines) and _WRAPPED.match(lines[i + 1])
        return f"{name} {lines[i + 1]}" if wrapped else name
    return ""


def _issuer(blocks: Sequence[Block]) -> str:
    """The ministry that the opening or the signature of a guideline names."""
    data = load("letterhead")
    body = [block for block in blocks if block.role == "body"]
    for block in (*body[:3], *body[-3:]):
        match = re.search(data["issuer_pattern"], " ".join(block.text.split())[:400])
        if match:
            name = match.group(1)
            for rule in data["issuer_replacement"]:
                name = name.replace(rule["from"], rule["to"])
            return name
    return ""


def _published(raw: RawDocument, blocks: Sequence[Block], title_block: int | None, name: str, today: date) -> Published:
    declared = _declared(raw.meta.get("date", ""))
    if declared:
        return declared
    stated = _head_date(blocks, title_block) or _minutes_date(blocks, title_block)
    stated = stated or _today_date(blocks) or _signature_date(blocks)
    if stated:
        return _from_mention(stated)
    anniversary = _anniversary(blocks, today)
    if anniversary:
        return anniversary
    from_file = re.search(r"(?<!\d)(20\d\d)[-_]?(\d\d)[-_]?(\d\d)(?!\d)", name)
    for iso, reason in (
        ("-".join(from_file.groups()) if from_file else "", "Das Datum steht im Dateinamen."),
        (raw.meta.get("file_date", ""), "Das Datum stammt aus den Eigenschaften der Datei."),
    ):
        period = parse_period(iso)
        if period and period[0] <= today:
            latest = _latest_mention(blocks, today)
            if latest is None or latest.first <= period[0]:
                return Published(iso, None, "file", reason)
    return _inferred(blocks, today)


def _declared(value: str) -> Published | None:
    period = parse_period(value)
    if period is None:
        german = [d for d in find_dates(value) if d.year is not None and d.end - d.start == len(value.strip())]
        return _from_mention(german[0]) if german else None
    first, last = period
    return Published(value, None if first == last else (first.isoformat(), last.isoformat()), "stated")


def _from_mention(mention: DateMention) -> Published:
    if mention.is_day:
        return Published(mention.iso, None, "stated")
    return Published(mention.iso, (mention.first.isoformat(), mention.last.isoformat()), "stated")


def _head_date(blocks: Sequence[Block], title_block: int | None) -> DateMention | None:
    """A line of the head, or under the title, that holds only a date or closes with one (»Lokales · Montag, …«)."""
    limit = (title_block or 0) + 3
    for block in blocks[: max(limit, 4)]:
        for line in block.lines:
            if is_date_line(line.removeprefix("Vom ")):  # under the title of a law
                return next(d for d in find_dates(line) if d.year is not None)
            days = [d for d in find_dates(line) if d.is_day and d.year is not None]
            if len(days) == 1 and not line[days[0].end :].strip() and _MASTHEAD.match(line[: days[0].start]):
                return days[0]
    return None


def _minutes_date(blocks: Sequence[Block], title_block: int | None) -> DateMention | None:
    """»Niederschrift über die Sitzung am 18. Mai 2022«: minutes hold for the day that they are of."""
    text = " ".join(blocks[title_block].text.split()) if title_block is not None else ""
    days = [d for d in find_dates(text) if d.is_day and d.year is not None] if _MINUTES.match(text) else []
    return days[0] if len(days) == 1 else None


def _today_date(blocks: Sequence[Block]) -> DateMention | None:
    """»am heutigen 25. Juni 2021«: the text itself says which day it is."""
    for block in blocks:
        if block.role != "body" or not _TODAY.search(block.text):
            continue
        text = " ".join(block.text.split())
        for mention in find_dates(text):
            before = max(0, mention.start - NEAR)
            if mention.is_day and mention.year and _TODAY_WORDS.search(text, before, mention.start):
                return mention
    return None


def _signature_date(blocks: Sequence[Block]) -> DateMention | None:
    """»Dresden, den 12. Juni 2018« near the end: the day of signature."""
    for block in list(blocks)[-8:]:
        text = block.lines[0]
        if len(text) < 60 and _SIGNATURE.match(text):
            for mention in find_dates(text):
                if mention.is_day and mention.year:
                    return mention
    return None


def _anniversary(blocks: Sequence[Block], today: date) -> Published | None:
    """»Heute vor drei Jahren, am 4. September 2019«: the day of the release can be computed."""
    for block in blocks:
        if block.role != "body" or not _TODAY.search(block.text):
            continue
        text = " ".join(block.text.split())
        match = _YEARS_AGO.search(text)
        if match is None:
            continue
        years = match[1].casefold()
        count = int(years) if years.isdigit() else int(number_words().get(years, 0))
        mention = next((d for d in find_dates(text) if d.start == match.end() and d.is_day and d.year), None)
        if count and mention:
            day = _years_later(mention.first, int(count))
            if day > today:
                continue
            reason = f"Der Text nennt den Tag als »heute vor {match[1]} Jahren« nach dem {format_german(mention.iso)}."
            return Published(day.isoformat(), None, "inferred", reason)
    return None


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _inferred(blocks: Sequence[Block], today: date) -> Published:
    """Between the latest past day that the text mentions and the day it was read."""
    latest = _latest_mention(blocks, today)
    if latest is None:
        return Published(None, None, "unknown", "Der Text nennt kein Datum.")
    reason = (
        f"Der Text nennt kein eigenes Datum; er erwähnt {format_german(latest.iso)} als vergangen "
        f"und lag am {format_german(today.isoformat())} vor."
    )
    return Published(None, (latest.first.isoformat(), today.isoformat()), "inferred", reason)


def _latest_mention(blocks: Sequence[Block], today: date) -> DateMention | None:
    """The latest day or period that the text mentions as past."""
    latest: DateMention | None = None
    for block in blocks:
        if block.role != "body":
            continue
        for mention in find_dates(block.text):
            if mention.year is None or mention.last > today or _lies_ahead(block.text, mention):
                continue
            if latest is None or mention.first > latest.first:
                latest = mention
    return latest


def _lies_ahead(text: str, mention: DateMention) -> bool:
    before = text[max(0, mention.start - 25) : mention.start]
    return bool(_FUTURE.search(before)) and not _STAND.search(before)
