"""An invented collection for the register's page: documents, and the statements that are read from their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.access import folder_token
from app.assistant import Assistant
from app.settings import Settings
from app.web.application import make_service
from ingest.facts.types import PlaceRef
from support.by_sentence import reading, write_files

BUND = "Bündnis Wachsame Orte"


def release(title: str, date: str | None, publisher: str, *sentences: str) -> str:
    day = f"date: {date}\n" if date else ""
    return f"---\ntitle: {title}\n{day}publisher: {publisher}\nkind: release\n---\n# {title}\n\n" + "\n\n".join(
        sentences
    )


COUNCILS = {
    "2020-06-30": "Mitte 2020 arbeiteten 12 Präventionsräte im Bündnis Wachsame Orte.",
    "2021-11": "Im November 2021 zählte das Bündnis Wachsame Orte 21 Präventionsräte.",
    "range": "Zuletzt waren es über 22 Präventionsräte im Bündnis Wachsame Orte.",
    "2023-01-15": "Zum 15. Januar 2023 bestehen 28 Präventionsräte im Bündnis Wachsame Orte.",
}
LOCALITIES = "Dommitzsch besteht aus sechs Ortsteilen."
FILES = {
    "bilanz-2020.md": release("Bilanz 2020", "2020-07-02", "Ministerium für Orte", COUNCILS["2020-06-30"]),
    "bilanz-2021.md": release(
        "Bilanz 2021", "2021-11-20", "Ministerium für Orte", COUNCILS["2021-11"],
        "Etwa 160.000 Euro wurden zur Verfügung gestellt.", "Bewilligt wurden 1,3 Millionen Euro.",
    ),
    "rundbrief.md": release("Rundbrief ohne Datum", None, "Redaktion Ortsblick", COUNCILS["range"]),
    "bilanz-2023.md": release(
        "Bilanz 2023", "2023-01-20", "Ministerium für Orte", COUNCILS["2023-01-15"],
        "Es wurden 240.000 Euro zur Verfügung gestellt.", "Bewilligt wurden 1,45 Millionen Euro.",
        "Ein Drittel der Orte hat weniger als 20.000 Einwohner.",
    ),
    "beitritte.md": release(
        "Vier neue Orte", "2022-05-06", "Ministerium für Orte",
        "Am 5. Mai 2022 unterzeichneten Dommitzsch und Mügeln die Kooperationsvereinbarung.",
        "Auch die Stadt Leipzig und die Stadt Borna sind seit März 2022 dabei.",
        "Ein Auerbach will im Herbst folgen.", "Bürgermeisterin Thea Theoretisch leitet den Präventionsrat Dommitzsch.",
        "Telefon der Geschäftsstelle: 030 23125-700.", "Das Bündnis bietet ein Coaching an.", LOCALITIES,
    ),
    "ortsportrait.md": release(
        "Dommitzsch im Portrait", "2022-09-01", "Stadtanzeiger", "Dommitzsch zählt fünf Ortsteile.",
    ),
}  # fmt: skip
DOMMITZSCH = PlaceRef("Dommitzsch", "14730090", "Nordsachsen")
MUEGELN = PlaceRef("Mügeln", "14730200", "Nordsachsen")
LEIPZIG = PlaceRef("Leipzig", "14713000", "Leipzig")
BORNA = PlaceRef("Borna", "14729050", "Leipzig")
AUERBACH = PlaceRef("Auerbach", candidates=("14521040", "14523020"))


def councils(key: str, value: int, **more: Any) -> dict[str, Any]:
    as_of = {} if key == "range" else {"as_of": key, "as_of_basis": "stated"}
    counted = {"measure": "prevention_councils", "value": value, "unit": "Präventionsräte"}
    return {"kind": "figure", "subject": BUND, **counted, **as_of, **more}


def money(measure: str, verb: str, value: int, as_of: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "funding", "subject": BUND, "measure": measure, "value": value, "unit": "EUR", "as_of": as_of,
        "as_of_basis": "stated", "attributes": {"verb": verb}, **more,
    }  # fmt: skip


def member(place: PlaceRef, value: str | None, **attributes: Any) -> dict[str, Any]:
    return {
        "kind": "member", "subject": place.name, "place": place, "measure": "joined", "value": value, "unit": "date",
        "as_of": value, "as_of_basis": "stated", "attributes": attributes,
    }  # fmt: skip


def other(kind: str, subject: str, measure: str, value: Any, **more: Any) -> dict[str, Any]:
    plain = {"unit": None, "as_of": "2022-05-06", "as_of_basis": "stated"}
    return {"kind": kind, "subject": subject, "measure": measure, "value": value, **plain, **more}


def _all() -> Iterator[tuple[str, dict[str, Any]]]:
    yield COUNCILS["2020-06-30"], councils("2020-06-30", 12)
    yield COUNCILS["2021-11"], councils("2021-11", 21)
    spring = ("2022-02-01", "2022-08-31")
    yield COUNCILS["range"], councils("range", 22, qualifier="über", as_of_range=spring, as_of_basis="inferred")
    yield COUNCILS["2023-01-15"], councils("2023-01-15", 28)
    given = ("funding_available", "zur Verfügung gestellt")
    yield "Etwa 160.000 Euro wurden zur", money(*given, 160_000, "2021-11-20", qualifier="etwa")
    yield "Es wurden 240.000 Euro zur", money(*given, 240_000, "2023-01-20")
    yield "Bewilligt wurden 1,3 Mill", money("funding_granted", "bewilligt", 1_300_000, "2021-11-20", period="2021")
    yield "Bewilligt wurden 1,45 Mill", money("funding_granted", "bewilligt", 1_450_000, "2023-01-20", period="2022")
    third = {"measure": "other", "value": 0.3333, "unit": "Anteil", "attributes": {"wording": "der Orte"}}
    yield "Ein Drittel der Orte", {"kind": "figure", "subject": BUND, "as_of": "2023-01-20", **third}
    signed = "Am 5. Mai 2022 unterzeichneten"
    yield signed, member(DOMMITZSCH, "2022-05-05", agreement="Kooperationsvereinbarung", signed_by=["Thea Theoretisch"])
    yield signed, member(MUEGELN, "2022-05-05", agreement="Kooperationsvereinbarung", present=["Egon Ehedem"])
    yield "Auch die Stadt Leipzig", member(LEIPZIG, "2022-03")
    yield "Auch die Stadt Leipzig", member(BORNA, None)
    planned = {"place": AUERBACH, "attributes": {"stage": "planned"}}
    yield "Ein Auerbach will", other("participant", "Auerbach", "stage", None, **planned)
    yield "Bürgermeisterin Thea", other("person", "Thea Theoretisch", "office", "Bürgermeisterin", place=DOMMITZSCH)
    yield "Telefon der Geschäft", other("contact", "Geschäftsstelle", "phone", "=HYPERLINK(030)")
    yield "Das Bündnis bietet", other("offering", "<b>Bund</b>", "offered", "Coaching")
    parts = {"place": DOMMITZSCH, "unit": "Ortsteile"}
    yield LOCALITIES, other("figure", "Dommitzsch", "localities", 6, **parts)
    yield "Dommitzsch zählt fünf", other("figure", "Dommitzsch", "localities", 5, **parts)
    yield signed, other("event", "Dommitzsch", "agreement_signed", "2022-05-05", place=DOMMITZSCH, unit="date")


def read_by_sentence() -> AbstractContextManager[None]:
    """Documents give the statements of this module instead of what the rules would read."""
    return reading(_all)


def write(folder: Path) -> Path:
    """The documents as files."""
    return write_files(folder, FILES)


@contextmanager
def registered(root: Path, serving: Any) -> Iterator[SimpleNamespace]:
    """A server over this collection, as the tests of the web know one."""
    settings = Settings(data=root / "data", programme="Testprogramm")
    with read_by_sentence(), Assistant(settings) as assistant:
        report = assistant.ingest([write(root / "documents")])
        assert not report.failed
        service = make_service(assistant, "127.0.0.1")
        with serving(service) as url:
            token = folder_token(settings.data)
            yield SimpleNamespace(url=url, service=service, token=token, documents=root / "documents")
