import re

import pytest
from support.documents import TODAY, body, read, text_of
from support.heldout import FICTIONAL, cases, flat

from ingest.cleaning import classify, mend
from ingest.lines import is_contact_line, is_date_line, is_furniture_line
from ingest.passages import split
from ingest.reading import read_document
from ingest.types import Block

GOLD = {case["source"]: case for case in cases("fictional_gold")}


@pytest.fixture(scope="module")
def releases():
    return {name: read_document(FICTIONAL / name, origin=f"test:{name}", source=name, today=TODAY) for name in GOLD}


def each(key):
    """A test for every expected value under `key`."""
    pairs = [(name, value) for name, case in GOLD.items() for value in case[key]]
    return pytest.mark.parametrize(("name", "value"), pairs, ids=[f"{name[:3]}-{value[:30]}" for name, value in pairs])


@pytest.mark.parametrize("name", GOLD)
def test_title_publisher_and_date(releases, name):
    document, gold = releases[name], GOLD[name]
    assert document.title == gold["title"]
    assert document.publisher == (gold["publisher"] or "nicht genannt")
    assert (document.published.date, document.published.basis) == (gold["published"], gold["basis"])


@each("must_not_be_in_body")
def test_not_in_the_body(releases, name, value):
    document = releases[name]
    assert flat(value) not in flat(body(document))
    assert all(flat(value) not in flat(document.text[p.start : p.end]) for p in split(document))


@each("whole_sentences")
def test_whole_in_one_passage(releases, name, value):
    document = releases[name]
    assert any(flat(value) in flat(document.text[p.start : p.end]) for p in split(document))


@each("contact_contains")
def test_kept_as_contact(releases, name, value):
    assert flat(value) in flat(text_of(releases[name], "contact"))


@pytest.mark.parametrize("name", GOLD)
def test_nothing_is_lost(releases, name):
    """Every word of the file is in some section, but for those divided at a line end."""
    raw = re.sub(r"\w+-\s+\w+", " ", (FICTIONAL / name).read_text(encoding="utf-8"))
    assert set(re.findall(r"\w+", raw)) <= set(re.findall(r"\w+", releases[name].text))


@pytest.mark.parametrize(
    "line",
    [
        "Hausanschrift:",
        "Telefon 030 23125-101",
        "Tel.: (030) 23125 101",
        "+49 30 23125-101",
        "presse@innen.example.org*",
        "Attrappenallee 4",
        "Papierstr. 7a, 00001 Fabelstadt",
        "00001 Fabelstadt",
        "www.innen.example.org",
        "Postfach 00 00 07",
        "Straßenbahnlinien 31, 32",
        "und 37. Haltestelle Kulissenplatz.",
        "IBAN DE00 0000 0000 0000 0000 00",
        "Öffnungszeiten: Mo/Do 9–12 Uhr",
    ],
)
def test_contact_line(line):
    assert is_contact_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Die Kosten von 38.000 Euro trug das Land.",
        "12 500 Fragebögen wurden verschickt.",
        "Im Jahr 2020 kamen 4.213 Bögen zurück, das sind 33,7 %.",
        "Kontakt zu den Familien hält die Streetworkerin seit dem Frühjahr.",
        "Presse und Rundfunk waren eingeladen, die Schule zu besuchen.",
        "– Beratung vor Ort",
    ],
)
def test_no_contact_line(line):
    assert not is_contact_line(line)


@pytest.mark.parametrize(
    "line",
    ["Medieninformation", "Pressemitteilung Nr. 7/2023", "Seite 1 von 2", "- 3 -", "Keine Kommentare bisher", "___"],
)
def test_furniture_line(line):
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line", ["25.06.2021", "Fabelstadt, 3. März 2022", "Musterau, den 14.02.2023", "Stand: November 2021"]
)
def test_date_line(line):
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["Der Rat tagte am 25.06.2021.", "31.08. bis 15.10.", "seit 2019 hilft das Land den Orten"]
)
def test_no_date_line(line):
    assert not is_date_line(line)


LONG = "Das Land stellt der Stadt für die Arbeit im Viertel Mittel bereit, und zwar für"


def test_a_sentence_torn_by_a_contact_block_is_whole_again():
    blocks = [
        Block((LONG,)),
        Block(("Hausanschrift:", "Musterministerium", "Attrappenallee 4", "00001 Fabelstadt")),
        Block(("zwei Stellen und einen Bus.",)),
    ]
    classified = classify(blocks)
    assert [b.role for b in classified] == ["body", "contact", "body"]
    assert [b.text for b in mend(classified)] == [f"{LONG} zwei Stellen und einen Bus."]


def test_a_sentence_torn_by_a_page_break_is_whole_again():
    blocks = [Block((LONG,), page=1, role="body"), Block(("Streetwork und Beratung.",), page=2, role="body")]
    assert [b.text for b in mend(blocks)] == [f"{LONG} Streetwork und Beratung."]


def test_a_word_torn_by_a_page_break_is_whole_again():
    blocks = [Block(("Es geht um Präven-",), page=1, role="body"), Block(("tion vor Ort.",), page=2, role="body")]
    assert [b.text for b in mend(blocks)] == ["Es geht um Prävention vor Ort."]


def test_paragraphs_that_end_stay_apart():
    blocks = [Block(("Das ist alles.",), role="body"), Block(("zwei Stellen.",), role="body")]
    assert len(mend(blocks)) == 2


def test_a_title_before_a_short_open_paragraph_is_no_letterhead():
    """A first page with room for three lines only, torn by its end."""
    first = (
        "Die Stadt ist dem Verbund beigetreten. Der Rat hatte vor",
        "einem Jahr zugestimmt. Das Geld fließt in die",
    )
    blocks = [
        Block(("Medieninformation",), page=1),
        Block(("Musterau tritt dem Verbund bei",), page=1),
        Block(first, page=1),
        Block(("Telefon 030 23125-101",), page=1),
        Block(("Arbeit der Familienhilfe.",), page=2),
    ]
    assert [b.role for b in classify(blocks)] == ["furniture", "body", "body", "contact", "body"]


def test_a_short_sentence_that_ends_in_a_date_is_body():
    document = read(
        "Musterau tritt bei\n\nDie Arbeit ging voran.\n\nDer Rat tagte am 25.06.2021.\n\nAlle kamen zum Fest.\n"
    )
    assert "Der Rat tagte" in body(document)


def test_a_body_sentence_with_a_phone_number_is_contact_in_its_place():
    document = read(
        "Musterau lädt ein\n\nDer Rat lädt ein. Fragen beantwortet das Amt unter 030 23125-101. Beginn ist um 18 Uhr.\n"
    )
    assert "23125" not in body(document)
    assert "Fragen beantwortet das Amt" in text_of(document, "contact")
    assert [s.role for s in document.sections] == ["body", "contact", "body"]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Erna Exempel hat als Beraterin für das Land begonnen. Sie ist",
            "unter 030 23125-317 oder e@example.org da. Damit sind",
            "alle acht Stellen der Landesstelle besetzt.",
        ),
        (
            "Ihre Bewerbung richten Sie bitte bis zum 12. September an",
            "bewerbung@example.org. Auskünfte erteilt die",
            "Leiterin, Erna Exempel, unter 030 23125-302.",
        ),
    ],
)
def test_a_paragraph_that_goes_on_with_a_contact_stays_whole(lines):
    (block,) = mend(classify([Block(lines)]))
    assert block.text == " ".join(lines)


def test_an_address_under_a_wrapped_sentence_is_contact():
    text = "Das Land hat im vergangenen Jahr in allen Kreisen über Prävention"
    blocks = classify([Block((text, "Telefon 030 23125-317", "post@example.org"))])
    assert [block.role for block in blocks] == ["body", "contact"]
