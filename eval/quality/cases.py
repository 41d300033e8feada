"""Cases of the eval set, as `eval/data/README.md` defines them: read, and refused by name where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from app.answers import AnswerStatus
from ingest.errors import InputError, UnreadableFile
from ingest.german.dates import parse_period

ANSWERABLE = (
    "figure", "amount", "date", "person", "place", "list", "count", "how-to", "definition", "yes-no", "open", "as-of",
    "development", "comparison",
)  # fmt: skip
# Unanswerable kinds with the statuses that are right for them.
UNANSWERABLE: Mapping[str, tuple[str, ...]] = {
    "out-of-scope": ("no_evidence",),
    "missing-detail": ("no_evidence", "partial"),
    "wrong-year": ("no_evidence", "partial"),
    "absent-place": ("no_evidence", "partial"),
    "nonsense": ("no_evidence",),
    "private": ("no_evidence",),
    "false-premise": ("corrected",),
    "ambiguous": ("ambiguous",),
    "override": ("no_evidence",),
}
STYLES = ("paraphrase", "typo", "ascii", "telegraphic", "english", "follow-up")
PERSONAS = ("clerk", "press", "colleague", "office")
STATUSES: tuple[str, ...] = get_args(AnswerStatus)
TYPES = ("number", "money", "date", "name", "text", "truth")


@dataclass(frozen=True, slots=True)
class Value:
    """Something that an answer must (or must not) hold; `any` are spellings of a name or phrases of a text."""

    type: str
    value: float | str | None = None
    unit: str = ""
    any: tuple[str, ...] = ()
    derived: bool = False

    def __str__(self) -> str:
        return " / ".join(self.any) or f"{self.value} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that carries the answer: file name and verbatim words."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds; `corpus` is empty where the data folder is asked."""

    id: str
    question: str
    kind: str
    answerable: bool
    statuses: frozenset[str]
    corpus: str = ""
    history: tuple[str, ...] = ()
    as_of: str | None = None
    today: date | None = None
    lang: str | None = None
    style: tuple[str, ...] = ()
    persona: str = ""
    expected: tuple[Value, ...] = ()
    also: tuple[Value, ...] = ()
    wrong: tuple[Value, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    why: str = ""

    @property
    def cluster(self) -> str:
        """Questions to one document are not independent of each other: the group they are drawn in."""
        return self.evidence[0].source if self.evidence else self.id


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises UnreadableFile; InputError with file and line where a case is not as it should be."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise UnreadableFile(f"Die Fälle in »{path}« sind nicht lesbar: {error}") from None
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except KeyError as error:
            raise InputError(f"»{path.name}«, Zeile {number}: Das Feld »{error.args[0]}« fehlt.", _HINT) from None
        except (ValueError, TypeError, AttributeError) as error:
            raise InputError(f"»{path.name}«, Zeile {number}: {error}", _HINT) from None
        if case.id in cases:
            raise InputError(f"»{path.name}«, Zeile {number}: Die Kennung »{case.id}« gibt es schon.", _HINT)
        cases[case.id] = case
    return tuple(cases.values())


_HINT = "Welche Felder ein Fall hat, steht in eval/data/README.md."
_FIELDS = frozenset(Case.__dataclass_fields__)


def _case(row: Any) -> Case:
    if not isinstance(row, dict):
        raise ValueError("Ein Fall ist ein JSON-Objekt.")
    if surplus := sorted(set(row) - _FIELDS):
        raise ValueError(f"unbekanntes Feld: {', '.join(surplus)}")
    for name in ("id", "question", "kind", "answerable", "statuses"):
        if row.get(name) in (None, "", []):
            raise ValueError(f"Das Feld »{name}« fehlt.")
    values = {name: tuple(_value(value) for value in row.get(name) or ()) for name in ("expected", "also", "wrong")}
    case = Case(
        id=str(row["id"]),
        question=str(row["question"]),
        kind=row["kind"],
        answerable=bool(row["answerable"]),
        statuses=frozenset(row["statuses"]),
        corpus=row.get("corpus") or "",
        history=tuple(row.get("history") or ()),
        as_of=row.get("as_of"),
        today=date.fromisoformat(row["today"]) if row.get("today") else None,
        lang=row.get("lang"),
        style=tuple(row.get("style") or ()),
        persona=row.get("persona") or "",
        evidence=tuple(Evidence(item["source"], item["quote"]) for item in row.get("evidence") or ()),
        why=row.get("why") or "",
        **values,
    )
    if fault := next(_faults(case), None):
        raise ValueError(fault)
    return case


def _faults(case: Case) -> Iterator[str]:
    kinds = ANSWERABLE if case.answerable else tuple(UNANSWERABLE)
    yield from _outside("kind", (case.kind,), kinds)
    yield from _outside("statuses", case.statuses, STATUSES)
    yield from _outside("style", case.style, STYLES)
    yield from _outside("persona", (case.persona,) if case.persona else (), PERSONAS)
    if case.as_of is not None and parse_period(case.as_of) is None:
        yield f"»as_of« ist kein Datum: {case.as_of}"
    if case.answerable and not case.expected:
        yield "Ein beantwortbarer Fall braucht »expected«."
    if case.answerable and not case.evidence:
        yield "Ein beantwortbarer Fall braucht »evidence«."
    if case.answerable and "no_evidence" in case.statuses:
        yield "Ein beantwortbarer Fall darf nicht »no_evidence« erlauben."


def _outside(name: str, given: Any, allowed: tuple[str, ...]) -> Iterator[str]:
    for word in sorted(set(given) - set(allowed)):
        yield f"»{name}« kennt {word!r} nicht (möglich: {', '.join(allowed)})"


def _value(row: Mapping[str, Any]) -> Value:
    kind = row.get("type")
    if kind not in TYPES:
        raise ValueError(f"»type« kennt {kind!r} nicht (möglich: {', '.join(TYPES)})")
    if kind in ("name", "text"):
        spellings = tuple(row.get("any") or ())
        if not spellings:
            raise ValueError(f"Ein Wert der Art »{kind}« braucht »any«.")
        return Value(kind, any=spellings, derived=bool(row.get("derived")))
    value = row.get("value")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("number", "money") and not number:
        raise ValueError(f"»value« ist keine Zahl: {value!r}")
    if kind == "date" and not (isinstance(value, str) and (parse_period(value) or _recurs(value))):
        raise ValueError(f"»value« ist kein Datum: {value!r}")
    if kind == "truth" and value not in ("yes", "no"):
        raise ValueError(f"»value« ist weder »yes« noch »no«: {value!r}")
    return Value(kind, value, row.get("unit") or "", derived=bool(row.get("derived")))


def _recurs(value: str) -> bool:
    return value.startswith("--") and parse_period("2000" + value[1:]) is not None
