"""The day on which a document appeared, and where it says so: its head, its foot, its text, its file name.

Vocabulary: `ingest/data/heads.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from ingest.german.dates import DateMention, find_dates, format_german, parse_period
from ingest.german.sentences import is_open
from ingest.heads import head_pattern
from ingest.lines import is_date_line
from ingest.told_days import anniversary, dateline, today_date
from ingest.types import Block, Published, RawDocument

_MASTHEAD = re.compile(
    r"^[^.!?:]{0,80}[·|•–]\s*(?:(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend),?\s*)(?:den|dem)?\s*$"
)
_SIGNATURE = re.compile(r"^[A-ZÄÖÜ][\wäöüß./ -]{2,30},\s*(?:den|am|im)?\s*\w")
_FUTURE = re.compile(r"\b(?:bis|ab|soll\w*|wird|werden|geplant\w*|künftig|nächste\w*|kommende\w*|für)\b", re.IGNORECASE)
_MINUTES = re.compile(r"^(?:\w+)?(?:niederschrift|protokoll|vermerk|mitschrift)\b(?! vom\b)", re.IGNORECASE)
_STAND = re.compile(r"\bStand:?\s*(?:\w+\s+)?$", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2}\.\s?\d{1,2}\.)\s?(\d\d)(?![\d.])")
_MONTH_YEAR = re.compile(r"(?<![\d./])(0?[1-9]|1[0-2])/(20\d\d)(?![\d/])")
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")  # fmt: skip
_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)(?:[-_]?(\d\d)[-_]?(\d\d)|-(0[1-9]|1[0-2]))(?!\d)")
_RANGE = re.compile(r"\s*(?:bis\b|(?:[–-]|und)\s*\d)")
_PARTS = re.compile(r"\s+(?:[·|–•./-]|\+{2,})\s+")
_LINE = 130  # characters of a line that tells a date and nothing else
_HEAD, _FOOT = 14, 8  # blocks
_TEXT = 70  # characters of a block that is text, and no head


def published(raw: RawDocument, blocks: Sequence[Block], title: int | None, name: str, today: date) -> Published:
    """The publication date; `title` is the index of the title, `today` bounds an inferred date."""
    declared = _declared(raw.meta.get("date", ""))
    if declared:
        return declared
    head = _head_date(blocks, title)
    foot = _foot_date(blocks) if head is None or not head.is_day else None
    if head is not None and foot is not None and foot.is_day and head.first <= foot.first <= head.last:
        head = foot  # »Juli 2022« above, »Ausgefertigt am 19. Juli 2022« below
    stated = head or _dateline(blocks) or _minutes_date(blocks, title) or today_date(blocks) or foot
    if stated:
        return _from_mention(stated)
    return anniversary(blocks, today) or _of_file(raw, blocks, name, today) or _inferred(blocks, today)


def _declared(value: str) -> Published | None:
    period = parse_period(value)
    if period is None:
        text = _in_full(value.strip())
        german = [d for d in find_dates(text) if d.year is not None and d.end - d.start == len(text)]
        return _from_mention(german[0]) if german else None
    first, last = period
    return Published(value, None if first == last else (first.isoformat(), last.isoformat()), "stated")


def _from_mention(mention: DateMention) -> Published:
    if mention.is_day:
        return Published(mention.iso, None, "stated")
    return Published(mention.iso, (mention.first.isoformat(), mention.last.isoformat()), "stated")


def _in_full(line: str) -> str:
    """»03.03.23« and »12/2022« as they are written elsewhere."""
    line = _SHORT_YEAR.sub(lambda m: f"{m[1]}20{m[2]}", line)
    return _MONTH_YEAR.sub(lambda m: f"{_MONTHS[int(m[1]) - 1]} {m[2]}", line)


def _head_date(blocks: Sequence[Block], title: int | None) -> DateMention | None:
    """The first date that a line of the head, or right under the title, gives for the document; a day beats a month."""
    last = _head_of(blocks, title)
    lines = [line for block in blocks[:last] for line in _dating_lines(block)]
    found = [mention for line in lines if (mention := _own_date(line)) is not None]
    return next((mention for mention in found if mention.is_day), found[0] if found else None)


def _dating_lines(block: Block) -> Sequence[str]:
    """The lines of a block; under »Sitzungstermin« or »Ihre Nachricht vom« only those that say what their date is."""
    start = next(
        (i for i, line in enumerate(block.lines) if head_pattern("date", "heads").search(line)), len(block.lines)
    )
    return [line for i, line in enumerate(block.lines) if i < start or any(_says(line))]


def _says(line: str) -> Iterator[bool]:
    text = _in_full(line)
    return (_said(text, mention) for mention in find_dates(text))


def _head_of(blocks: Sequence[Block], title: int | None) -> int:
    """Where the head ends: behind the title and what stands right under it, or where the text begins."""
    texts = (i for i, block in enumerate(blocks[:_HEAD]) if _is_text(block))
    text = next(texts, min(len(blocks), _HEAD))
    return max(text, min((title or 0) + 3, len(blocks)))


def _dateline(blocks: Sequence[Block]) -> DateMention | None:
    """The day before the first words of the text."""
    first = islice((block for block in blocks if _is_text(block)), 2)  # a long line on who publishes may stand above
    told = (dateline(_in_full(" ".join(block.text.split()))) for block in first)
    return next((day for day in told if day is not None), None)


def _is_text(block: Block) -> bool:
    return block.role == "body" and not block.level and len(block.text) > _TEXT and not is_open(block.text)


def _foot_date(blocks: Sequence[Block]) -> DateMention | None:
    """»Dresden, den 12. Juni 2018«, »Stand: März 2023« near the end, or among contacts in the midst of the text."""
    rest = [block for block in blocks[:-_FOOT] if block.role != "body"]
    for block in (*list(blocks)[-_FOOT:], *rest):
        for line in block.lines:
            mention = _own_date(line)
            if mention is not None and (block.role != "body" or _signs(line, mention)):
                return mention
    return None


def _signs(line: str, mention: DateMention) -> bool:
    """»Dresden, den 12. Juni 2018«, »Stand: …«, and not an item of a list of dates."""
    text = _in_full(line)
    return _said(text, mention) or (mention.is_day and bool(_SIGNATURE.match(text)))


def _own_date(line: str) -> DateMention | None:
    """The date of a line that dates the document: alone, behind a word that says so, or beside a number."""
    text = _in_full(" ".join(line.split()).strip("*_~ "))
    if len(text) > _LINE or text.startswith(("–", ",", ";")):
        return None
    dates = [d for d in find_dates(text) if d.year is not None]
    for mention in dates:
        if len(mention.iso) > len("2022") and _said(text, mention) and not _RANGE.match(text[mention.end :]):
            return mention
    if len(dates) != 1 or head_pattern("date", "other").search(text):
        return None
    mention = dates[0]
    alone = any(is_date_line(part.removeprefix("Vom ")) for part in _PARTS.split(text))
    masthead = mention.is_day and not text[mention.end :].strip() and _MASTHEAD.match(text[: mention.start])
    rest = (text[: mention.start], text[mention.end :])
    beside = all(head_pattern("date", "beside").fullmatch(part) for part in rest)
    return mention if alone or masthead or beside else None


def _said(line: str, mention: DateMention) -> bool:
    """Whether the words before a date say that the document appeared then."""
    return bool(head_pattern("date", "said").search(line[: mention.start]))


def _minutes_date(blocks: Sequence[Block], title: int | None) -> DateMention | None:
    """»Niederschrift über die Sitzung am 18. Mai 2022«: minutes hold for the day that they are of."""
    text = " ".join(blocks[title].text.split()) if title is not None else ""
    days = [d for d in find_dates(text) if d.is_day and d.year is not None] if _MINUTES.match(text) else []
    return days[0] if len(days) == 1 else None


def _of_file(raw: RawDocument, blocks: Sequence[Block], name: str, today: date) -> Published | None:
    """The date in the file name, else in the properties of the file, if the text tells of no later day."""
    match = _FILE_DATE.search(name)
    latest = _latest_mention(blocks, today)
    for iso, reason in (
        ("-".join(filter(None, match.groups())) if match else "", "Das Datum steht im Dateinamen."),
        (raw.meta.get("file_date", ""), "Das Datum stammt aus den Eigenschaften der Datei."),
    ):
        period = parse_period(iso)
        if period and period[0] <= today and (latest is None or latest.first <= period[1]):
            span = None if period[0] == period[1] else (period[0].isoformat(), period[1].isoformat())
            return Published(iso, span, "file", reason)
    return None


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
