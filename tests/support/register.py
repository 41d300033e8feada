"""Compares what the rules read with gold rows: kind, subject, value, unit and as-of must all be right."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from index.lexical import analyse
from ingest.facts.extract import extract
from ingest.facts.scenes import running_sections
from ingest.facts.types import Fact
from ingest.reading import read_document
from ingest.types import Document

GOLD = Path(__file__).resolve().parents[1] / "data" / "register"
TODAY = date(2026, 11, 25)


@dataclass
class Score:
    """Counts of one kind; `lines` tell what was missed (`-`) and what was too much (`+`)."""

    right: int = 0
    missed: int = 0
    surplus: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the rows read that are right."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold rows that were read."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def gold_rows(name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a gold file by document."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["document"], []).append(row)
    return rows


def read(folder: Path, name: str) -> Document:
    """A document as ingest reads it."""
    return read_document(folder / name, origin=name, source=name, today=TODAY)


def score(gold: dict[str, list[dict[str, Any]]], folder: Path) -> dict[str, Score]:
    """Scores by kind, and under `all`. Each gold row takes one row of ours at most."""
    scores: dict[str, Score] = {}
    for name, rows in gold.items():
        document = read(folder, name)
        _score_document(document, rows, scores)
    total = Score()
    for one in scores.values():
        total.right += one.right
        total.missed += one.missed
        total.surplus += one.surplus
    return scores | {"all": total}


def _score_document(document: Document, rows: Sequence[dict[str, Any]], scores: dict[str, Score]) -> None:
    open_facts = list(extract(document))
    for row in sorted(rows, key=lambda row: row["optional"]):
        one = scores.setdefault(row["kind"], Score())
        found = _best(row, open_facts, document)
        if found is not None:
            open_facts.remove(found)
        if row["optional"]:
            continue
        if found is None:
            one.missed += 1
            one.lines.append(f"- {document.source} {_shown(row)}")
        else:
            one.right += 1
    for fact in open_facts:
        if _in_letterhead(fact, document):
            continue
        one = scores.setdefault(fact.kind, Score())
        one.surplus += 1
        quote = " ".join(document.text[fact.start : fact.end].split())[:110]
        one.lines.append(
            f"+ {document.source} {fact.subject} | {fact.value} {fact.unit} | {fact.as_of} | {fact.measure} | {quote}"
        )


def _best(row: dict[str, Any], facts: Iterable[Fact], document: Document) -> Fact | None:
    right = [fact for fact in facts if agrees(row, fact)]
    quoted = [fact for fact in right if _words(row["quote"]) <= _words(document.text[fact.start : fact.end])]
    return next(iter(quoted or right), None)


def agrees(row: dict[str, Any], fact: Fact) -> bool:
    """Whether a statement is the one of a gold row."""
    return (
        row["kind"] == fact.kind
        and any(_same_name(name, fact) for name in row["subject"])
        and _same_value(row, fact)
        and (row["kind"] in ("offering", "participant", "person", "contact") or _same_unit(row["unit"], fact))
        and any(day == fact.as_of for day in row["as_of"])
    )


def _same_name(name: str, fact: Fact) -> bool:
    titled = f"{fact.attributes.get('title', '')} {fact.subject}"  # some gold names persons with their title
    names = {fact.subject, titled, fact.place.name if fact.place else fact.subject}
    return any(_plain(name) == _plain(other) for other in names)


def _plain(name: str) -> str:
    """»Landespräventionsrats« is »Landespräventionsrat«, »Oelsnitz/Erzgeb.« is »Oelsnitz/Erzgeb«."""
    return re.sub(r"(?<=[a-zäöü]{5})e?s\b", "", name).strip(" .»«").casefold()


def _same_value(row: dict[str, Any], fact: Fact) -> bool:
    wanted, got = row["value"], fact.value
    if wanted is None or got is None:
        return wanted is None and got is None
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(wanted - got) <= 1e-3 * max(1.0, abs(wanted))
    if row["kind"] == "offering":
        return bool(_stems(str(wanted)) & _stems(f"{got} {fact.attributes.get('wording', '')}"))
    if row["kind"] == "person":
        return bool(_stems(str(wanted)) & _stems(str(got)))
    if row["kind"] == "contact":
        return _compact(str(wanted)) in _compact(str(got)) or _compact(str(got)) in _compact(str(wanted))
    whole = f"{fact.unit or ''} {got}".casefold()
    return str(wanted).casefold() in whole or str(got).casefold() in str(wanted).casefold()


def _same_unit(wanted: Sequence[str | None] | None, fact: Fact) -> bool:
    wanted = wanted or [None]
    if fact.unit is None:
        return None in wanted
    if fact.unit in ("E", "EG") and "Entgeltgruppe" in wanted:
        return True
    stems = _stems(fact.unit)
    return any(unit is not None and (unit == fact.unit or bool(_stems(unit) & stems)) for unit in wanted)


def _stems(text: str) -> set[str]:
    return {stem for stem in analyse(text) if len(stem) > 1} | {text.casefold()}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _compact(text: str) -> str:
    return re.sub(r"[\s/()+–-]", "", text).casefold()


def _in_letterhead(fact: Fact, document: Document) -> bool:
    """Gold holds no contacts of letterheads."""
    section = document.section_at(fact.start)
    return fact.kind == "contact" and section is not None and section not in running_sections(document)


def _shown(row: dict[str, Any]) -> str:
    return f"{'/'.join(row['subject'])} | {row['value']} {row['unit']} | {row['as_of']} | {row['quote'][:90]}"


def report(scores: dict[str, Score]) -> str:
    """A table by kind."""
    lines = [f"{'kind':12} {'gold':>5} {'read':>5} {'right':>5} {'precision':>9} {'recall':>7}"]
    for kind, one in scores.items():
        gold, found = one.right + one.missed, one.right + one.surplus
        lines.append(f"{kind:12} {gold:5} {found:5} {one.right:5} {one.precision:9.3f} {one.recall:7.3f}")
    return "\n".join(lines)


def kinds_of(rows: Iterable[Fact]) -> Counter[str]:
    """How many rows of each kind."""
    return Counter(row.kind for row in rows)
