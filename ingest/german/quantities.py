"""Numbers of German text with qualifier, scale and unit: "etwa 1,3 Mio. Euro" → etwa, 1300000, EUR.

Dates, times, paragraph references and list marks are no quantities. Vocabulary: `ingest/data/quantities.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.data import load
from ingest.german.dates import find_dates

Kind = Literal["money", "share", "measure", "count"]

_DIGITS = r"\d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?:,\d+)?(?![\d])|\d+(?:,\d+)?"
# Between a number and what it counts stand adjectives, no prepositions, articles or verbs.
_NO_ADJECTIVE = (
    r"(?!(?:im|in|am|an|auf|aus|bei|von|vom|zu|zum|zur|mit|nach|für|und|oder|bis|der|die|das|den|dem|des|eine?[mnrs]?|davon|"
    r"kam|kamen|ist|sind|war|waren|wird|wurden?|hat|haben|sei|seien|als|dass|um|je|pro|unter|über|ab|seit|"
    r"gegen|sich|keine?[mnrs]?|nicht|ließ|ließen|lässt|gab|gibt|hatten?|konnten?|kann|können|ohne|binnen|innerhalb|wegen|trotz|blieb|blieben|ging|gingen|nahm|nahmen|man)\b)"
)
# »drei vom Land geförderte Stellen«: what comes between belongs to the participle.
_PARTICIPLE = (
    r"(?:(?:vom|von der|durch (?:das|den|die)|im|in der) [A-ZÄÖÜ][\wäöüß-]*\s+(?=[a-zäöüß]+(?:te|ten|ene|enen)\s))?"
)
ADJECTIVES = rf"{_PARTICIPLE}(?:{_NO_ADJECTIVE}[a-zäöüß][\wäöüß-]*\s+){{0,3}}"
_NOUN = re.compile(
    rf"[\s\u00a0]*{ADJECTIVES}[»„\"]?(?P<noun>[A-ZÄÖÜ][\w-]*(?:[«“\"]-[\w-]+)?(?:(?<=[er])[ \u00a0][A-ZÄÖÜ][\w-]*)?)"
)


# A table row names what it counts before the number: "Besucher: 3.138".
_LABEL = re.compile(r"(?:^|[;–-]\s)\s*([A-ZÄÖÜ][\w-]*):\s*(?:[a-zäöüß.]+\s+)?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`text[start:end]` is the whole expression; `value` in base units (euros, not millions)."""

    start: int
    end: int
    value: float
    unit: str
    kind: Kind
    qualifier: str | None = None

    @property
    def number(self) -> int | float:
        """The value as an int where it is whole."""
        return int(self.value) if self.value == int(self.value) else self.value


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of `text` in reading order, without overlap."""
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    found: list[Quantity] = []
    for match in _pattern().finditer(text):
        inside_date = any(start < match.end("number") and match.start("number") < end for start, end in dates)
        if inside_date or _is_reference(text, match):
            continue
        quantity = _quantity(text, match)
        if quantity is not None and (not found or quantity.start >= found[-1].end):
            found.append(quantity)
    return found


def parse_number(digits: str) -> float:
    """A German number: `1.234,5` → 1234.5; blanks, dots and apostrophes group thousands."""
    return float(re.sub(r"[.\u00a0\u202f' ]", "", digits).replace(",", "."))


@cache
def _pattern() -> re.Pattern[str]:
    data = load("quantities")
    words = rf"{_any_of(data['one'] | data['words'])}|(?:(?:{_any_of(data['digits'])})und)?(?:{_any_of(data['tens'])})"
    many = _any_of({*data["one"], *data["digits"]})
    part = rf"(?:{many})\s(?:{_any_of(data['parts'])})[ns]?|(?:die|der|einer?|zur) Hälfte"
    return re.compile(
        rf"(?:(?<!\w)(?P<qualifier>{_any_of(data['qualifiers'])})[\s\u00a0]+)?"
        rf"(?<![\w§.,/:-])(?P<number>{_DIGITS}|(?:{part}|{words})(?!\w))(?:,[-–]+)?"
        rf"(?:[\s\u00a0]+(?:(?:gut|knapp|voll)e[ns]?\s)?(?P<scale>{_any_of(data['scales'])})(?!\w))?"
        rf"(?:[\s\u00a0]*(?P<unit>{_any_of(data['units'])})(?![\wäöü]))?",
        re.IGNORECASE,
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def number_words() -> dict[str, float]:
    """Number words from `ein` to `neunundneunzig` in small letters, with what they are worth."""
    data = load("quantities")
    plain = {word.casefold(): float(value) for word, value in (data["one"] | data["words"] | data["tens"]).items()}
    joined = {
        f"{one}und{ten}".casefold(): float(data["digits"][one] + data["tens"][ten])
        for one in data["digits"]
        for ten in data["tens"]
    }
    return plain | joined


def _value(number: str) -> float:
    """What a number is worth: digits, a word, or a share in words (»zwei Drittel«)."""
    data, word = load("quantities"), number.casefold()
    if word in number_words():
        return number_words()[word]
    if word.endswith("hälfte"):
        return 0.5
    many, *rest = word.split()  # at a blank of any kind, a protected one too
    wholes = (whole for name, whole in data["parts"].items() if rest and rest[0].startswith(name.casefold()))
    whole = next(wholes, None)
    return round(number_words()[many] / whole, 4) if whole else parse_number(number)


@cache
def _references() -> tuple[str, ...]:
    return tuple(load("quantities")["not_counted"]["before"])


def _is_reference(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start("number")].rstrip()
    after = text[match.end("number") :]
    if (
        before.endswith(_references())
        or re.match(r"[.:/]\d|\w|-\d{2,}", after)
        or re.search(r"\b0\d{2,4}[ /]?$", before)
    ):
        return True
    if match["number"].lower() in load("quantities")["one"] and not match["scale"]:
        return True
    if match["number"].isalpha() and before.casefold().endswith(
        ("einige", "einigen", "wenige", "wenigen", "mehrere", "mehreren")
    ):
        return True
    ordinal = re.match(r"\.\s+[A-ZÄÖÜ]", after)
    return bool(ordinal and len(match["number"]) <= 2 and not match["unit"])


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    data = load("quantities")
    number = match["number"]
    value = _value(number)
    if match["scale"]:
        scales = {key.lower(): float(scale) for key, scale in data["scales"].items()}
        value = round(value * scales[match["scale"].lower()], 6)
    qualifier = _lookup(data["qualifiers"], match["qualifier"])
    unit = _lookup(data["units"], match["unit"])
    if unit is None and re.search(r"(?:EUR|€|Euro)\s?$", text[: match.start()]):
        unit = "EUR"
    if unit is not None:
        return Quantity(match.start(), match.end(), value, unit, _kind(unit), qualifier)
    if number[0].isalpha() and value < 1:
        return Quantity(match.start(), match.end(), value, "Anteil", "share", qualifier)
    label = _LABEL.search(text[: match.start()])
    if label and re.match(r"\s+von\s", text[match.end() :]):
        label = None  # »Anwesend: 13 von 16 Gemeinderäten«
    noun = None if label else _NOUN.match(text, match.end())
    if label:
        if label.group(1) in ("Wert", "Anzahl", "Zahl", "Menge"):
            return Quantity(match.start(), match.end(), value, "", "count", qualifier)
        return Quantity(match.start(), match.end(), value, label.group(1), "count", qualifier)
    if noun is None:
        if number[0].isalpha():
            return None
        return Quantity(match.start(), match.end(), value, "", "count", qualifier)
    return Quantity(match.start(), noun.end(), value, re.sub("[«»„“]", "", noun["noun"]).strip("-"), "count", qualifier)


def _lookup(table: dict[str, str], word: str | None) -> str | None:
    return {key.lower(): value for key, value in table.items()}.get(word.lower()) if word else None


def _kind(unit: str) -> Kind:
    return "money" if unit == "EUR" else "share" if unit == "Prozent" else "measure"
