"""What the register reads in the real releases and guidelines: the figures that a press officer fears most."""

import datetime

import pytest

from ingest.facts.extract import extract
from ingest.reading import read_document

pytestmark = pytest.mark.shared

TORGAU, VOGTLAND = "000_018278b982b59dbd.txt", "001_66cc3c1b35a43ced.txt"
DIPPOLDISWALDE, LOHSA, TWO_YEARS = "002_d9434402518acd2e.txt", "003_6fd14c989b4184d6.txt", "004_0af8717d9a18a7c5.txt"
GUIDELINE = "kommunale_praevention_frl.md"
ASSKOMM = "ASSKomm"


@pytest.fixture(scope="module")
def facts(shared):
    """Document and statements by file name."""
    paths = sorted((shared / "corpus/releases").glob("*.txt")) + sorted((shared / "corpus/programme").glob("*.md"))
    today = datetime.date(2026, 11, 25)
    documents = [read_document(path, origin=path.name, source=path.name, today=today) for path in paths]
    return {document.source: (document, extract(document)) for document in documents}


def rows(facts, source, **wanted):
    found = facts[source][1]
    return [fact for fact in found if all(getattr(fact, name) == value for name, value in wanted.items())]


def test_members_with_their_day_and_nobody_else(facts):
    members = {
        (source, fact.place.name if fact.place else fact.subject): fact.value
        for source in facts
        for fact in rows(facts, source, kind="member")
    }
    assert members == {
        (TORGAU, "Torgau"): "2021-06-25",
        (LOHSA, "Lohsa"): "2021-05-25",
        (DIPPOLDISWALDE, "Dippoldiswalde"): None,
        (VOGTLAND, "Auerbach"): "2022-07-22",
        (VOGTLAND, "Lengenfeld"): "2022-07-22",
        (VOGTLAND, "Rodewisch"): "2022-07-22",
    }


def test_a_member_without_a_day_has_a_marked_range(facts):
    (row,) = rows(facts, DIPPOLDISWALDE, kind="member")
    assert row.as_of is None
    assert row.as_of_range is not None
    assert row.as_of_range[0] < "2022-07-22" <= row.as_of_range[1]
    assert row.as_of_basis == "inferred"


def test_auerbach_is_the_one_in_the_vogtland(facts):
    (row,) = [fact for fact in rows(facts, VOGTLAND, kind="member") if fact.place and fact.place.name == "Auerbach"]
    assert (row.place.district, row.place.candidates) == ("Vogtlandkreis", ())


def test_who_signed_and_who_was_present(facts):
    (torgau,) = rows(facts, TORGAU, kind="member")
    assert torgau.attributes["signed_by"] == ["Romina Barth", "René Demmler", "Sven Forkert"]
    assert torgau.attributes["present"] == ["Roland Wöller"]
    rodewisch = next(fact for fact in rows(facts, VOGTLAND, kind="member") if fact.subject == "Rodewisch")
    assert (rodewisch.attributes["signed_by"], rodewisch.attributes["signer"]) == ([], "nicht genannt")
    assert rodewisch.attributes["present"] == ["Frank Pfeil"]


@pytest.mark.parametrize(
    ("source", "measure", "value", "qualifier"),
    [
        (TWO_YEARS, "prevention_councils", 19, None),
        (LOHSA, "prevention_councils", 21, None),
        (TORGAU, "prevention_councils", 21, None),
        (DIPPOLDISWALDE, "prevention_councils", 26, None),
        (VOGTLAND, "prevention_councils", 28, None),
        (TWO_YEARS, "municipalities_advised", 102, None),
        (LOHSA, "municipalities_advised", 100, "über"),
        (TORGAU, "municipalities_advised", 100, "über"),
        (DIPPOLDISWALDE, "municipalities_advised", 125, None),
        (VOGTLAND, "municipalities_advised", 133, None),
        (DIPPOLDISWALDE, "municipalities_engaged", 45, None),
        (VOGTLAND, "municipalities_engaged", 56, None),
        (LOHSA, "municipalities_participating", 109, None),
        (LOHSA, "cooperation_agreements", 21, None),
        (VOGTLAND, "cooperation_agreements", 40, None),
        (TWO_YEARS, "coaching_processes", 24, None),
        (VOGTLAND, "coaching_processes", 38, None),
        (TORGAU, "security_analyses_started", 16, None),
        (VOGTLAND, "security_analyses_done", 25, None),
        (TWO_YEARS, "beccaria_graduates", 102, None),
        (TWO_YEARS, "beccaria_entrants", 18, None),
    ],
)
def test_figures_of_the_programme(facts, source, measure, value, qualifier):
    (row,) = rows(facts, source, measure=measure)
    assert (row.kind, row.subject, row.value, row.qualifier) == ("figure", ASSKOMM, value, qualifier)
    document = facts[source][0]
    assert row.as_of == document.published.date
    assert str(value) in document.text[row.start : row.end]


def test_lohsa_has_its_own_figures(facts):
    found = {fact.measure: (fact.subject, fact.value, fact.unit, fact.qualifier) for fact in facts[LOHSA][1]}
    assert found["localities"][:2] == ("Lohsa", 15)
    assert found["population"] == ("Lohsa", 5200, "Einwohnern", "etwa")
    assert found["area"] == ("Lohsa", 134, "km²", None)


@pytest.mark.parametrize(
    ("source", "subject", "measure", "value", "qualifier", "period", "verb"),
    [
        (TORGAU, ASSKOMM, "funding_available", 1_300_000, "etwa", "biennial", "zur Verfügung"),
        (DIPPOLDISWALDE, ASSKOMM, "funding_available", 1_300_000, None, "yearly", "Gesamtsumme"),
        (VOGTLAND, ASSKOMM, "funding_available", 1_300_000, None, "2022", "bereit"),
        (TORGAU, "Torgau", "funding_available", 160_000, "etwa", "since 2019", "zur Verfügung gestellt"),
        (TWO_YEARS, ASSKOMM, "funding_granted", 420_000, "über", None, "bewilligt"),
    ],
)
def test_money_with_its_period_and_verb(facts, source, subject, measure, value, qualifier, period, verb):
    (row,) = rows(facts, source, kind="funding", value=value)
    assert (row.subject, row.measure, row.unit, row.qualifier) == (subject, measure, "EUR", qualifier)
    assert row.period == period
    assert verb in row.attributes["verb"]


def test_conditions_of_the_guideline(facts):
    found = {(fact.measure, fact.value, fact.unit) for fact in rows(facts, GUIDELINE, kind="funding")}
    assert found >= {
        ("funding_share_max", 90, "Prozent"),
        ("application_opening", "--08-31", "date"),
        ("application_deadline", "--10-15", "date"),
        ("application_lead_time", 6, "Wochen"),
        ("funding_minimum", 10_000, "EUR"),
        ("reimbursement_limit", 20_000, "EUR"),
        ("pay_group_max", 7, "EG"),
        ("pay_group_max", 11, "EG"),
        ("pay_group_max", 14, "EG"),
        ("pay_group_max", 15, "EG"),
        ("funding_exclusion", "investive Ausgaben", None),
        ("own_share", None, None),
    }
    deadline = next(fact for fact in facts[GUIDELINE][1] if fact.measure == "application_deadline")
    assert (deadline.attributes["from"], deadline.attributes["recurs"]) == ("--08-31", "yearly")


def test_other_guidelines_do_not_leak_into_the_programme(facts):
    for source, (_, found) in facts.items():
        if source.endswith(".md") and source != GUIDELINE:
            subjects = {fact.subject for fact in found if fact.kind in ("figure", "funding")}
            assert not subjects & {ASSKOMM, "Richtlinie Kommunale Prävention"}, source


def test_every_span_is_a_sentence_of_its_document(facts):
    for document, found in facts.values():
        for fact in found:
            assert 0 <= fact.start < fact.end <= len(document.text)
            assert document.text[fact.start : fact.end].strip()
