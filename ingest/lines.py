"""What a line of a press release is by itself: contact detail, furniture, a date, a mark, the name of an office.

Lines are recognised by what they are (a phone number, a street with a number, a label such as »Hausanschrift:«), never
by where they stand. Vocabulary: `ingest/data/letterhead.toml`.
"""

from __future__ import annotations

import re

from ingest.data import load
from ingest.german.dates import find_dates
from ingest.german.sentences import BULLET
from ingest.letterhead import beginnings, entries, labels, patterns
from ingest.versions import is_mark_line

PHONE = re.compile(
    r"(?<![\w§.,])(?:\+\d{2}|\(?0\d{2,5}\)?)[\s/.()\u00a0-]*\d(?:[\s/.()\u00a0-]*\d){3,}(?:\s*-\s*[\dx]+)?(?![\w€])"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL_LINE = re.compile(r"<?(?:https?://|www\.)\S+>?$", re.IGNORECASE)
_CITY = re.compile(r"(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w.\- ()/]{2,40}$")
_CELL, _CELLS = re.compile(r"(?:^|; )[A-ZÄÖÜ][^:;]{1,40}: (?=[^;])"), 3
_ROW = re.compile(r"\s+[|·•]\s+")
_STREET = re.compile(
    r"[A-ZÄÖÜ][\w.\- ]{0,40}?(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|markt|steig|berg|hof|graben|"
    r"promenade|chaussee|Straße|Platz|Weg|Markt|Allee|Ring)\s*\d+\s?[a-z]?(?:\s?[-–/]\s?\d+)?(?:,\s*(?:D-)?\d{5}\s+\S.*)?$"
)
_POSTBOX = re.compile(r"Post(?:fach|schließfach)\b", re.IGNORECASE)
_DATE_LEAD = re.compile(
    r"(?:[A-ZÄÖÜ][\w./()-]*(?:\s[\w./()-]+){0,3},\s*)?(?:(?:den|am|vom|Stand|Datum|Veröffentlicht(?: am)?):?\s*)?"
)
_CLOCK = re.compile(r"[\s,–|-]*\d{1,2}[:.]\d\d\s*Uhr$")
_MARKUP = re.compile(r"[*_]{2,}")
_WORDS = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    (
        "DER",
        "DIE",
        "DAS",
        "DES",
        "DEM",
        "DEN",
        "UND",
        "FÜR",
        "IN",
        "IM",
        "AN",
        "AM",
        "VON",
        "VOM",
        "ZUR",
        "ZUM",
        "BEI",
        "OB",
    )
)
_LETTERS = re.compile(r"\b[^\W\d_](?: [^\W\d_]){3,}\b")
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")


def is_contact_line(line: str) -> bool:
    """Whether a line alone is recognisable as part of an address or contact block."""
    text = plain(line).strip(" |·•")
    if not text or (BULLET.match(text) and not text.startswith("*")) or _is_row(text):
        return False
    if is_labelled(text) or beginnings("phrases")(text):
        return True
    if len(text) < 120 and any(word in text for word in load("letterhead")["transport"]):
        return True
    if _CITY.match(text) or _STREET.match(text) or URL_LINE.match(text) or _POSTBOX.match(text):
        return True
    if not has_contact_detail(text):
        return False
    rest = EMAIL.sub("", PHONE.sub("", text))
    return len(rest) < len(text) and len(re.sub(r"\W", "", rest)) <= 45


def _is_row(text: str) -> bool:
    """»Kommune: Musterau; Einwohner: 7 050; Anlaufstelle: Telefon 030 111« is a row of a table that tells of a town."""
    cells = _CELL.findall(text)
    return len(cells) >= _CELLS and not is_labelled(text)


def is_address_row(line: str) -> bool:
    """»Am Markt 1 | 01234 Musterau | Tel. 030 111-0«, which is set like a path through a web page."""
    parts = _ROW.split(plain(line).strip())
    return len(parts) > 1 and len(line) < 160 and any(_CITY.match(part) for part in parts)


def is_furniture_line(line: str) -> bool:
    """Whether a line is a kind mark, a page number or a leftover of a web page."""
    text = plain(line).strip(" |·•:↑←→»›▲")
    if not text.strip("_*"):
        return bool(line.strip())
    if mark_of(line) or is_mark_line(line) or _is_furniture_word(text):
        return True
    if len(text) < 220 and beginnings("furniture_phrases")(text):
        return True
    return any(pattern.fullmatch(text) for pattern in patterns("furniture_patterns"))


def _is_furniture_word(text: str) -> bool:
    known = entries("furniture")
    if len(text) > 2 * known.longest:
        return False  # even if every second character is a blank
    spaced = _SPACED.sub("", text)  # M E D I E N I N F O R M A T I O N
    return bool(known.find(text) or known.find(spaced))


def mark_of(line: str) -> str:
    """The mark that a line consists of (»Entwurf«, »Nichtamtliche Fassung«), or ""."""
    text = plain(line).strip(" |·•.()[]*_")
    return entries("marks").find(text)


def is_date_line(line: str) -> bool:
    """Whether a line holds nothing but a date, perhaps with a place before it."""
    text = plain(line).strip(" |·•")
    text = _CLOCK.sub("", text) if text.endswith("Uhr") else text
    if len(text) > 60 or text.endswith("."):
        return False
    dates = [d for d in find_dates(text) if d.year is not None]
    if len(dates) != 1 or dates[0].end < len(text) - 1:
        return False
    return bool(_DATE_LEAD.fullmatch(text[: dates[0].start]))


def has_contact_detail(text: str) -> bool:
    """Whether running text gives a phone number or a mail address."""
    phone = ("0" in text or "+" in text) and PHONE.search(text)
    return bool(phone or ("@" in text and EMAIL.search(text)))


def plain(line: str) -> str:
    """A line without the marks of bold and underlined text."""
    return _MARKUP.sub("", line) if "**" in line or "__" in line or "*_" in line or "_*" in line else line


def is_labelled(text: str) -> bool:
    """A label alone, or followed by a colon, a number or a short rest that is no sentence."""
    match = labels().match(text)
    if not match:
        return False
    rest = text[match.end() :].strip()
    if not rest or rest == ":":
        return True
    if rest.startswith(":"):
        return len(rest) <= 90
    return bool(PHONE.match(rest) or EMAIL.match(rest) or re.match(r"[\d+(]", rest)) and len(rest) <= 60


def is_bare_label(text: str) -> bool:
    clean = plain(text).strip(" |·•")
    match = labels().match(clean)
    return bool(match and clean[match.end() :].strip() in ("", ":"))


def names_organisation(text: str) -> bool:
    """Whether a line names an office, a council, a ministry."""
    folded = text.casefold()
    return any(word in text or word in folded for word in load("letterhead")["organisations"])


def names_publisher(line: str) -> bool:
    """The same of a line at the head of a text, where an office is named by fewer words and in capitals."""
    name = set_in_capitals(line)
    return names_organisation(name) or any(word in name for word in load("letterhead")["publishers"])


def set_in_capitals(line: str) -> str:
    """»STADT MUSTERAU« as it is written elsewhere; other lines as they are."""
    if not line.isupper() or " " not in line.strip():
        return line
    return _WORDS.sub(lambda m: m.group().lower() if m.group() in _SMALL else m.group().capitalize(), line)


def unspaced(text: str) -> str:
    """»R i c h t l i n i e« is a word."""
    return _LETTERS.sub(lambda m: m.group().replace(" ", ""), text)
