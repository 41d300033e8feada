import pytest

from ingest.german.places import all_places, find_places

MUNICIPALITIES = [place for place in all_places() if place.kind != "Landkreis"]


def one(text, context=""):
    found = find_places(text, context)
    assert len(found) == 1, found
    return found[0]


def test_the_gazetteer_is_complete():
    assert len(MUNICIPALITIES) == 418
    assert len(all_places()) - len(MUNICIPALITIES) == 10
    assert len({place.ags for place in all_places()}) == 428


def test_every_municipality_finds_itself():
    lost = [
        place.name
        for place in MUNICIPALITIES
        if place.ags not in {c.ags for m in find_places(f"Die Beratung in {place.name} beginnt.") for c in m.candidates}
    ]
    assert lost == []


def test_every_sorbian_name_finds_its_place():
    sorbian = [place for place in MUNICIPALITIES if place.sorbian]
    assert len(sorbian) >= 30
    lost = [
        place.sorbian
        for place in sorbian
        if place.ags not in {c.ags for m in find_places(f"w {place.sorbian} a") for c in m.candidates}
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "name", "derived"),
    [
        ("Torgaus Rathaus", "Torgau", False),
        ("der Stadt Lohsa", "Lohsa", False),
        ("Mittweidas Stadtrat", "Mittweida", False),
        ("Dresdner Stadtrat", "Dresden", True),
        ("Zwickauer Polizeipräsident", "Zwickau", True),
        ("Dippoldiswalder Oberbürgermeisterin", "Dippoldiswalde", True),
        ("Meißner Porzellan", "Meißen", True),
        ("Bautzener Rat", "Bautzen", True),
        ("Flöhaer Rat", "Flöha", True),
        ("im Rodewischer Ratssaal", "Rodewisch", True),
        ("in Łaz", "Lohsa", False),
        ("Budyšin", "Bautzen", False),
        ("Bad Muskau", "Bad Muskau", False),
        ("Stadt Wehlen", "Stadt Wehlen", False),
        ("Annaberg-Buchholz", "Annaberg-Buchholz", False),
        ("Reichenbach im Vogtland", "Reichenbach im Vogtland", False),
    ],
)
def test_inflected_derived_and_sorbian_names(text, name, derived):
    mention = one(text)
    assert (mention.name, mention.derived, mention.role, mention.ambiguous) == (name, derived, "municipality", False)


@pytest.mark.parametrize("name", ["Auerbach", "Oelsnitz", "Reichenbach", "Bernsdorf", "Neukirchen"])
def test_a_name_of_two_places_is_ambiguous(name):
    assert one(f"Der Rat von {name} tagt.").ambiguous


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Auerbach/Vogtl.", "Vogtlandkreis"),
        ("Auerbach i.V.", "Vogtlandkreis"),
        ("Auerbach i. V. und Rodewisch", "Vogtlandkreis"),
        ("Auerbach im Vogtland", "Vogtlandkreis"),
        ("Oelsnitz/Erzgeb.", "Erzgebirgskreis"),
        ("Reichenbach/O.L.", "Görlitz"),
    ],
)
def test_an_addition_decides(text, district):
    mention = find_places(text)[0]
    assert [place.district for place in mention.candidates] == [district]


def test_the_document_decides_between_twins():
    mention = one("Auerbach tritt bei.", context="Drei Städte im Vogtland gehen einen Schritt.")
    assert [place.district for place in mention.candidates] == ["Vogtlandkreis"]


@pytest.mark.parametrize(
    "text",
    [
        "Polizeidirektion Görlitz",
        "Polizeirevier Hoyerswerda",
        "PD Zwickau",
        "Amtsgericht Torgau",
        "Universität Leipzig",
    ],
)
def test_a_body_named_after_a_town_is_not_the_town(text):
    assert one(text).role == "body"


def test_district_and_town_of_one_name():
    mentions = find_places("Der Landkreis Görlitz liegt um die Stadt Görlitz.")
    assert [(m.role, m.candidates[0].kind) for m in mentions] == [("district", "Landkreis"), ("municipality", "Stadt")]


@pytest.mark.parametrize("name", ["Vogtlandkreis", "Erzgebirgskreis"])
def test_a_district_with_a_name_of_its_own_is_a_district(name):
    assert one(f"der {name} hilft").role == "district"


@pytest.mark.parametrize("text", ["Markt", "Halle", "Grünen", "die Kommune", "Sachsen", "Sonnenblume", "das land"])
def test_no_place(text):
    assert find_places(text) == []


def test_the_span_is_the_name_as_written():
    text = "Auch Auerbach i. V. ist dabei."
    mention = one(text)
    assert text[mention.start : mention.end] == "Auerbach i. V."


@pytest.mark.parametrize(
    ("name", "label"),
    [("Auerbach/Vogtl.", "Auerbach/Vogtl."), ("Torgau", "Torgau"), ("Landkreis Bautzen", "Landkreis Bautzen")],
)
def test_label(name, label):
    assert one(name).candidates[0].label == label
