"""How much a source weighs; and which names and offices are the same."""

from __future__ import annotations

import pytest
from support.facts import document, fact

from app.register.offices import Person, alike, holder_of, office_of
from app.register.sources import rank_of


@pytest.mark.parametrize(
    ("publisher", "kind", "rank"),
    [
        ("Landespräventionsrat Musterland", "release", "issuer"),
        ("Geschäftsstelle ASSKomm", "page", "issuer"),
        ("Bündnis Sichere Orte", "page", "issuer"),
        ("Stadt Musterau", "release", "authority"),
        ("Polizei Musterland, PD Neustadt", "release", "authority"),
        ("Amtsblatt der Gemeinde Lohma", "newsletter", "authority"),
        ("Musterauer Zeitung", "page", "media"),
        ("dpa/Musterblatt", "page", "media"),
        ("Stadt-Anzeiger Musterau", "page", "media"),
        ("Verein Nachbarn", "page", "unknown"),
        ("", "law", "authority"),
        ("", "release", "unknown"),
    ],
)
def test_ranks(publisher: str, kind: str, rank: str):
    assert rank_of(document("a", publisher=publisher, kind=kind), "Bündnis Sichere Orte") == rank


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Erika Muster", Person("erika", "muster")),
        ("Prof. Dr. Erika Muster", Person("erika", "muster")),
        ("Dr.-Ing. Erika Müller-Lüdenscheidt", Person("erika", "mullerludenscheidt")),
        ("Dr. med. Muster", Person("", "muster")),
        ("Muster", Person("", "muster")),
    ],
)
def test_names(name: str, person: Person):
    assert holder_of(fact("person", name, "office", value="Landrat")) == person


@pytest.mark.parametrize(("one", "other"), [("muster", "muxter"), ("muster", "musterr"), ("muster", "mutser")])
def test_words_that_differ_by_a_letter(one: str, other: str):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("muster", "muster"), ("may", "mai"), ("muster", "monster"), ("muster", "mu")]
)
def test_words_that_are_the_same_short_or_others(one: str, other: str):
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Sächsischer Innenminister", "interior_minister"), ("Staatsministers des Innern", "interior_minister"),
        ("Landespolizeipräsident", "state_police_president"), ("Staatssekretär", None), ("Minister", None),
        ("Polizeipräsidentin der Polizeidirektion Musterau", "police_president"), ("Polizeipräsident", None),
        ("Oberbürgermeisterin", None), ("Pressesprecherin des Innenministers", None), ("Landratsamt", None),
    ],
)  # fmt: skip
def test_offices_that_one_person_holds(office: str, name: str | None):
    found = office_of(fact("person", "Erika Muster", "office", value=office))
    assert (found.name if found else None) == name
