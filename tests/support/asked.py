"""An invented collection for answers from the register: documents, and what is read from each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from ingest.facts.types import PlaceRef
from support.by_sentence import reading, write_files
from support.registered import BUND, DOMMITZSCH, LEIPZIG, MUEGELN, councils, member, money, release

TORGAU = PlaceRef("Torgau", "14730310", "Nordsachsen")
WURZEN = PlaceRef("Wurzen", "14729410", "Leipzig")
PLAUEN = PlaceRef("Plauen", "14523320", "Vogtlandkreis")
FANTASIA = PlaceRef("Fantasia")
MINISTRY = "Ministerium für Orte"
SIGNED = "Am 5. Mai 2022 unterzeichneten in Dommitzsch Bürgermeisterin Thea Theoretisch und im Beisein von Egon Ehedem"
UNSIGNED = "Am 9. Juni 2021 wurde in Mügeln die Vereinbarung unterzeichnet."

FILES = {
    "bilanz-2021.md": release(
        "Bilanz 2021", "2021-11-20", MINISTRY,
        "Im November 2021 gab es 21 Präventionsräte.", "Beraten hat das Bündnis bisher 90 Kommunen.",
        "Im Doppelhaushalt stehen 1,3 Millionen Euro bereit.", "Bewilligt wurden im Jahr 2021 etwa 420.000 Euro.",
    ),
    "bilanz-2023.md": release(
        "Bilanz 2023", "2023-01-20", MINISTRY,
        "Inzwischen gibt es 28 Präventionsräte.", "Beraten hat das Bündnis nun 133 Kommunen.",
        "Beteiligt sind 109 Kommunen.", "Bisher wurden 40 Kooperationsvereinbarungen geschlossen.",
        "Jährlich stehen 1,3 Millionen Euro bereit.", "Das Bündnis bietet Coaching und Beratung an.",
    ),
    "rundbrief.md": release("Rundbrief", None, "Redaktion", "Zuletzt waren es über 24 Präventionsräte."),
    "beitritte.md": release(
        "Neue Orte", "2022-05-06", MINISTRY, f"{SIGNED} die Vereinbarung.", UNSIGNED,
        "Leipzig gehörte von Anfang an als Modellkommune dazu.", "Fantasia ist seit dem 3. März 2020 dabei.",
        "Torgau hat im Januar 2022 eine Vorvereinbarung geschlossen.", "Plauen wird vom Bündnis beraten.",
    ),
    "orte.md": release(
        "Orte im Vergleich", "2022-09-01", "Statistik", "In Dommitzsch leben 2.400 Einwohner.",
        "Mügeln hat 5.600 Einwohner.", "Wurzen hat etwa 16.000 Einwohner.",
        "Dommitzsch erhielt seit 2019 etwa 60.000 Euro.",
        "Landrätin von Nordsachsen ist Berta Beispiel.", "Innenminister Ingo Irgendwer lobte das.",
    ),
    "richtlinie.md": release(
        "Richtlinie Orte", "2020-01-01", MINISTRY, "Gefördert werden bis zu 90 Prozent.",
        "Der Antrag ist bis zum 15. Oktober zu stellen.", "Investive Ausgaben sind ausgeschlossen.",
        "Personal wird bis EG 11, Stufe 3 anerkannt.",
    ),
}  # fmt: skip


def figure(measure: str, value: int, unit: str, as_of: str, **more: Any) -> dict[str, Any]:
    dated = {"as_of": as_of, "as_of_basis": "stated"}
    return {"kind": "figure", "subject": BUND, "measure": measure, "value": value, "unit": unit} | dated | more


def of(place: PlaceRef, kind: str, measure: str, value: Any, as_of: str | None, **more: Any) -> dict[str, Any]:
    named = {"subject": place.name, "place": place, "as_of": as_of, "as_of_basis": "stated", "unit": None}
    return {"kind": kind, "measure": measure, "value": value} | named | more


def rule(measure: str, value: Any, unit: str | None, **more: Any) -> dict[str, Any]:
    subject = f"Richtlinie {BUND}"
    return {
        "kind": "funding", "subject": subject, "measure": measure, "value": value, "unit": unit,
        "as_of": "2020-01-01", "as_of_basis": "stated", **more,
    }  # fmt: skip


def _all() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Im November 2021 gab es", councils("2021-11", 21)
    yield "Inzwischen gibt es 28", councils("2023-01-20", 28)
    spring = {"as_of_range": ("2022-02-01", "2022-08-31"), "as_of_basis": "inferred"}
    yield "Zuletzt waren es", councils("range", 24, qualifier="über", **spring)
    yield "Beraten hat das Bündnis bisher", figure("municipalities_advised", 90, "Kommunen", "2021-11-20")
    yield "Beraten hat das Bündnis nun", figure("municipalities_advised", 133, "Kommunen", "2023-01-20")
    yield "Beteiligt sind", figure("municipalities_participating", 109, "Kommunen", "2023-01-20")
    yield "Bisher wurden 40", figure("cooperation_agreements", 40, "Kooperationsvereinbarungen", "2023-01-20")
    ready = ("funding_available", "bereit", 1_300_000)
    yield "Im Doppelhaushalt stehen", money(*ready, "2021-11-20", period="biennial")
    yield "Jährlich stehen", money(*ready, "2023-01-20", period="yearly")
    granted = ("funding_granted", "bewilligt", 420_000, "2021-11-20")
    yield "Bewilligt wurden im Jahr 2021", money(*granted, qualifier="etwa", period="2021")
    for name in ("Coaching", "Beratung"):
        offered = {"kind": "offering", "subject": BUND, "measure": "offered", "value": name, "unit": None}
        yield "Das Bündnis bietet", offered | {"as_of": "2023-01-20", "as_of_basis": "stated"}
    people = {"signed_by": ["Thea Theoretisch"], "present": ["Egon Ehedem"]}
    yield SIGNED, member(DOMMITZSCH, "2022-05-05", agreement="Kooperationsvereinbarung", **people)
    yield SIGNED, of(DOMMITZSCH, "person", "office", "Bürgermeisterin", "2022-05-06", subject="Thea Theoretisch")
    unnamed = {"signed_by": [], "signer": "nicht genannt", "agreement": "Kooperationsvereinbarung"}
    yield UNSIGNED, member(MUEGELN, "2021-06-09", **unnamed)
    yield "Leipzig gehörte", member(LEIPZIG, None, agreement="Modellkommune")
    yield "Fantasia ist seit", member(FANTASIA, "2020-03-03", agreement="Kooperationsvereinbarung")
    yield "Torgau hat im", of(TORGAU, "participant", "stage", None, "2022-01", attributes={"stage": "pre_agreement"})
    yield "Plauen wird", of(PLAUEN, "participant", "stage", None, "2022-05-06", attributes={"stage": "advised"})
    for beginning, place, value, more in (
        ("In Dommitzsch leben", DOMMITZSCH, 2_400, {}), ("Mügeln hat 5", MUEGELN, 5_600, {}),
        ("Wurzen hat", WURZEN, 16_000, {"qualifier": "etwa"}),
    ):  # fmt: skip
        yield beginning, of(place, "figure", "population", value, "2022-09-01", **{"unit": "Einwohner"} | more)
    given = {"unit": "EUR", "qualifier": "etwa", "period": "since 2019", "attributes": {"verb": "erhielt"}}
    yield "Dommitzsch erhielt", of(DOMMITZSCH, "funding", "funding_available", 60_000, "2022-09-01", **given)
    minister = {"kind": "person", "measure": "office", "value": "Innenminister", "unit": None}
    yield "Innenminister Ingo", minister | {"subject": "Ingo Irgendwer", "as_of": "2022-09-01", "as_of_basis": "stated"}
    yield "Gefördert werden bis", rule("funding_share_max", 90, "Prozent", qualifier="bis zu")
    yield "Der Antrag ist bis", rule("application_deadline", "--10-15", "date")
    yield "Investive Ausgaben", rule("funding_exclusion", "Investive Ausgaben", None)
    yield "Personal wird bis", rule("pay_group_max", 11, "EG", qualifier="bis zu", attributes={"step": "3"})


def read_by_sentence() -> AbstractContextManager[None]:
    """Documents give the statements of this module instead of what the rules would read."""
    return reading(_all)


def write(folder: Path) -> Path:
    """The documents as files."""
    return write_files(folder, FILES)
