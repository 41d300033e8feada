"""Decisions of maintainers: which row each of them is about now, and whether a correction fits its row.

Rows get other ids when their document is read again or the rules change. A decision then finds its row within the
same document by what it was about: first kind, sentence and value, else kind and sentence, if no other row and no
other decision has these.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.register.rows import CORRECTABLE
from index.filters import day_span
from index.register import Decision, Entry
from ingest.data import load
from ingest.errors import InputError
from ingest.facts.types import Fact
from ingest.german.quantities import parse_number

TEXT_LIMIT = 2000
_YEARLY = re.compile(r"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
# Document, kind of row, sentence.
_Sentence = tuple[str, str, str]


def history(entries: Sequence[Entry], decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """All decisions about each row, oldest first, by the id that the row has now. The last one holds."""
    decisions = list(decisions)
    latest = {decision.fact_id: decision for decision in decisions}
    places = _Places(entries, latest.values())
    now = {fact_id: places.of(decision) for fact_id, decision in latest.items()}
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        id = now[decision.fact_id]
        if id is not None:
            found[id].append(decision)
    return dict(found)


class _Places:
    """Finds the row of a decision among all rows."""

    def __init__(self, entries: Sequence[Entry], latest: Iterable[Decision]) -> None:
        self._ids = {entry.id for entry in entries}
        lost = [decision for decision in latest if decision.fact_id not in self._ids]
        documents = {decision.document_id for decision in lost}
        self._entries: dict[_Sentence, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.document_id in documents:
                self._entries[(entry.document_id, entry.fact.kind, entry.quote)].append(entry)
        self._rivals = Counter(map(_sentence, lost))

    def of(self, decision: Decision) -> str | None:
        """The id that the row has now; None where it is gone, or cannot be told for certain."""
        if decision.fact_id in self._ids:
            return decision.fact_id
        there = self._entries.get(_sentence(decision), [])
        same = [entry for entry in there if entry.fact.value == decision.statement.get("value")]
        if len(same) > 1:  # one sentence names several towns, say
            subject = decision.statement.get("subject")
            same = [entry for entry in same if entry.fact.subject == subject][:1]
            return same[0].id if same else None
        if same:
            return same[0].id
        return there[0].id if len(there) == 1 and self._rivals[_sentence(decision)] == 1 else None


def _sentence(decision: Decision) -> _Sentence:
    statement = decision.statement
    return (decision.document_id, str(statement.get("kind")), str(statement.get("quote")))


def checked(fact: Fact, change: Mapping[str, Any]) -> dict[str, Any]:
    """The corrected fields in the form that the register keeps; texts as people type them are understood.

    Raises:
        InputError: a field that cannot be corrected, a value that does not fit the kind of row, or nothing at all.
    """
    unknown = set(change) - set(CORRECTABLE)
    if unknown:
        raise InputError(f"»{min(unknown)}« lässt sich nicht berichtigen.", f"Möglich sind: {', '.join(CORRECTABLE)}.")
    if not change:
        raise InputError("Was berichtigt werden soll, fehlt.", "Bitte wenigstens eine Angabe nennen, etwa den Wert.")
    return {name: _CHECKS[name](fact, _trimmed(value)) for name, value in change.items()}


def _trimmed(value: Any) -> Any:
    if isinstance(value, str) and len(value) > TEXT_LIMIT:
        raise InputError("Die Angabe ist zu lang.", f"Möglich sind {TEXT_LIMIT} Zeichen.")
    return (value.strip() or None) if isinstance(value, str) else value


def _value(fact: Fact, value: Any) -> Any:
    if fact.kind == "participant":
        raise InputError("Eine Beteiligung hat keinen Wert.", "Bitte die Angabe ausblenden, wenn sie nicht stimmt.")
    if fact.unit == "date" or fact.kind in ("member", "event"):
        return None if value is None and fact.kind == "member" else _date("Der Wert", value)
    if fact.kind == "figure" or (fact.kind == "funding" and isinstance(fact.value, int | float)):
        return _number(value)
    if not isinstance(value, str):
        raise InputError("Der Wert muss ein Text sein.", "Bitte so angeben, wie er im Dokument steht.")
    return value


def _as_of(fact: Fact, value: Any) -> str | None:
    return None if value is None else _date("Der Stand", value)


def _qualifier(fact: Fact, value: Any) -> str | None:
    known = sorted(set(load("quantities")["qualifiers"].values()))
    if value is not None and value not in known:
        raise InputError(f"»{value}« ist kein Zusatz.", f"Möglich sind: {', '.join(known)}; leer heißt ohne Zusatz.")
    return None if value is None else str(value)


def _subject(fact: Fact, value: Any) -> str:
    if not isinstance(value, str):
        raise InputError("Der Gegenstand fehlt.", "Bitte nennen, worum es geht, etwa die Stadt.")
    return value


def _unit(fact: Fact, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise InputError("Die Einheit muss ein Text sein.", "Bitte nennen, was gezählt wird, etwa Kommunen.")
    return value


_CHECKS = {"subject": _subject, "value": _value, "unit": _unit, "qualifier": _qualifier, "as_of": _as_of}


def _date(name: str, value: Any) -> str:
    """An ISO date of `2021-06-25`, `2021-06`, `2021` or of the German way to write them."""
    text = str(value or "")
    parts = text.split(".")
    if len(parts) in (2, 3) and all(part.strip().isdigit() for part in parts):
        text = "-".join(part.strip().zfill(2) for part in reversed(parts))
    if _YEARLY.fullmatch(text):  # a day of every year
        return text
    try:
        day_span(text)
    except InputError:
        hint = "Bitte das Datum als 2021-06-25, 2021-06 oder 2021 angeben."
        raise InputError(f"{name} muss ein Datum sein, nicht »{text}«.", hint) from None
    return text


def _number(value: Any) -> int | float:
    """A number, or a German text of one (`1.300.000`, `1,3`)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        try:
            number = parse_number(str(value or "").strip())
        except ValueError:
            hint = "Bitte als 28, 1.300.000 oder 1,5 angeben, ohne Einheit."
            raise InputError(f"Der Wert muss eine Zahl sein, nicht »{value or ''}«.", hint) from None
    if not 0 <= number < 1e15:
        raise InputError("Der Wert muss eine Zahl ab 0 sein.", "Bitte als 28, 1.300.000 oder 1,5 angeben.")
    return int(number) if number == int(number) else number
