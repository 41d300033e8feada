import datetime

import pytest
from support.documents import TODAY, read
from support.pdfs import simple

from ingest.reading import read_document

TEXT = "Die Stadt Musterau ist dem Verbund beigetreten. Das Land hilft der Stadt bei der Arbeit im Viertel.\n"


def release(*paragraphs):
    return "\n\n".join(("Musterau tritt bei", *paragraphs, TEXT, TEXT, TEXT))


HEAD = "Fabelstadt, 3. März 2022"
TODAYS = "Am heutigen 5. April 2021 unterschrieb der Rat."
SIGNED = "Fabelstadt, den 12. Juni 2018"
ANNIVERSARY = "Heute vor drei Jahren, am 4. September 2019, begann die Arbeit."
MENTIONED = "Im Jahr 2020 kamen viele Gäste."


def published(text, name="meldung.txt", today=TODAY):
    return read(text, name, today=today).published


def test_front_matter_comes_first():
    text = f"---\ndate: 2023-01-02\n---\n{release(HEAD, TODAYS)}\n{SIGNED}\n"
    assert (published(text, "2020-01-01.md").date, published(text, "2020-01-01.md").basis) == ("2023-01-02", "stated")


def test_then_the_head():
    found = published(f"{release(HEAD, TODAYS)}\n\n{SIGNED}\n", "2020-01-01.txt")
    assert (found.date, found.range, found.basis) == ("2022-03-03", None, "stated")


@pytest.mark.parametrize(
    "line",
    [
        "Mitteilung vom 3. März 2022",
        "Ansprache von Gernot Grübel, Leiter der Leitstelle, beim Sommerfest in Musterau am 3. März 2022",
    ],
)
def test_a_notice_and_a_speech_tell_their_day(line):
    found = published(f"{release(line)}\n")
    assert (found.date, found.basis) == ("2022-03-03", "stated")


def test_the_head_of_a_newspaper_page_ends_with_the_day():
    found = published(f"Fabelbote\nLokales · Donnerstag, 3. März 2022\n\n{release()}\n")
    assert (found.date, found.basis) == ("2022-03-03", "stated")


def test_then_what_the_text_calls_today():
    found = published(f"{release(TODAYS)}\n\n{SIGNED}\n", "2020-01-01.txt")
    assert (found.date, found.basis) == ("2021-04-05", "stated")


def test_then_the_signature():
    found = published(f"{release(MENTIONED)}\n\n{SIGNED}\n", "2020-01-01.txt")
    assert (found.date, found.basis) == ("2018-06-12", "stated")


def test_then_an_anniversary():
    found = published(release(ANNIVERSARY), "2023-01-01.txt")
    assert (found.date, found.basis) == ("2022-09-04", "inferred")
    assert "drei Jahren" in found.reason


def test_then_the_file_name():
    found = published(release(MENTIONED), "2021-02-03_meldung.txt")
    assert (found.date, found.basis) == ("2021-02-03", "file")
    assert "Dateinamen" in found.reason


def test_a_file_name_earlier_than_what_the_text_tells_is_wrong():
    assert published(release(MENTIONED), "2019-02-03_meldung.txt").basis == "inferred"


def test_then_a_range_with_a_reason():
    found = published(release(MENTIONED))
    assert (found.date, found.range, found.basis) == (None, ("2020-01-01", "2025-06-30"), "inferred")
    assert "2020" in found.reason
    assert "30.06.2025" in found.reason


def test_nothing_at_all():
    found = published(release())
    assert (found.date, found.range, found.basis) == (None, None, "unknown")


def test_a_month_is_a_range():
    found = published(release("Stand: November 2021"))
    assert (found.date, found.range, found.basis) == ("2021-11", ("2021-11-01", "2021-11-30"), "stated")


def test_an_impossible_date_in_the_front_matter_is_none():
    assert published(f"---\ndate: 2023-02-31\n---\n{release(HEAD)}").date == "2022-03-03"


def test_the_date_of_a_file_is_known_as_such():
    found = read(
        simple("Musterau tritt bei.", "Das Land hilft der Stadt."), "meldung.pdf", today=datetime.date(2999, 1, 1)
    )
    assert found.published.basis == "file"
    assert "Eigenschaften der Datei" in found.published.reason


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (release(MENTIONED), "2031-02-03_meldung.txt"),
        (release("Bis zum 30. September 2031 entsteht eine Analyse."), "meldung.txt"),
        (release("Nach den Worten des Rates kam die Analyse am 30. September 2031 heraus."), "meldung.txt"),
        (release("Im Jahr 2031 kommt die Analyse. Im Jahr 2020 kam ein Fest."), "meldung.txt"),
        (release("Heute vor drei Jahren, am 4. September 2024, begann die Arbeit."), "meldung.txt"),
    ],
)
def test_no_inferred_date_lies_in_the_future(text, name):
    found = published(text, name)
    latest = found.date or (found.range[1] if found.range else "")
    assert latest <= TODAY.isoformat()


def test_the_anniversary_of_a_leap_day():
    found = published(release("Heute vor einem Jahr, am 29. Februar 2020, begann die Arbeit."))
    assert found.basis == "inferred"


def test_a_planned_day_is_not_past():
    found = published(release("Im Jahr 2020 kam ein Fest. Bis zum 30. September 2021 entsteht eine Analyse."))
    assert found.range[0] == "2020-01-01"


# --- title, kind, publisher


def test_the_title_is_the_headline_without_the_letterhead():
    document = read(
        "Medieninformation\n\nStadt Musterau\nDie Pressestelle\n\n03.03.2022\n\nEin Bus für Musterau\n\n" + TEXT
    )
    assert (document.title, document.publisher, document.kind) == ("Ein Bus für Musterau", "Stadt Musterau", "release")


def test_without_a_title_the_beginning_of_the_first_sentence_serves():
    document = read("Die Stadt Musterau ist beigetreten. Das Land hilft der Stadt.\nEs gibt ein Fest.\n")
    assert document.title.startswith("Die Stadt Musterau ist beigetreten")


def test_who_is_not_named_is_not_named():
    assert read(release()).publisher == "nicht genannt"


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("Richtlinie Musterprävention", "a.md", "programme"),
        ("Newsletter 3", "a.txt", "newsletter"),
        ("Bericht zur Lage", "a.txt", "report"),
        ("Ein Bus für Musterau", "a.txt", "document"),
    ],
)
def test_kind(title, name, kind):
    assert read(f"{title}\n\n{TEXT}", name).kind == kind


def test_front_matter_decides_on_title_kind_and_publisher():
    head = "---\ntitle: Ein Titel\nkind: newsletter\npublisher: Musteramt\nbased_on: https://a.example.org/b\n"
    head += "note: Nacherzählung\n---\n"
    document = read(head + release(HEAD), "a.md")
    assert (document.title, document.kind, document.publisher) == ("Ein Titel", "newsletter", "Musteramt")
    assert (document.url, document.note) == ("https://a.example.org/b", "Nacherzählung")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("25.06.2021", "2021-06-25"), ("25. Juni 2021", "2021-06-25"), ("Juni 2021", "2021-06"), ("2021-06", "2021-06")],
)
def test_a_declared_date_may_be_written_in_german(tmp_path, written, expected):
    path = tmp_path / "meldung.md"
    path.write_text(f"---\ndate: {written}\n---\n# Titel\n\nDas Land hilft der Stadt.\n", encoding="utf-8")
    document = read_document(path, origin="x", source="meldung.md", today=TODAY)
    assert (document.published.date, document.published.basis) == (expected, "stated")


@pytest.mark.parametrize(
    ("head", "title", "publisher", "day"),
    [
        (
            "STADT MUSTERAU\n– Stadtrat –\n\nNIEDERSCHRIFT\nüber die 3. Sitzung am 4. Mai 2022",
            "NIEDERSCHRIFT über die 3. Sitzung am 4. Mai 2022",
            "Stadt Musterau",
            "2022-05-04",
        ),
        (
            "MINISTERIUM FÜR INNERES\nDES LANDES ERDICHT\n\nR i c h t l i n i e\nüber Zuschüsse\n\nVom 1. März 2022",
            "Richtlinie über Zuschüsse",
            "Ministerium für Inneres des Landes Erdicht",
            "2022-03-01",
        ),
    ],
)
def test_who_writes_stands_above_the_title(head, title, publisher, day):
    document = read(f"{head}\n\n{TEXT}\n\n{TEXT}\n", "a.txt", today=TODAY)

    assert (document.title, document.publisher, document.published.date) == (title, publisher, day)


@pytest.mark.parametrize("title", ["Protokoll vom 3. Mai 2022 liegt vor", "Neues vom 3. Mai 2022 und 4. Mai 2022"])
def test_a_day_that_a_title_refers_to_is_not_its_own(title):
    assert published(f"{title}\n\n{TEXT}\n\n{TEXT}\n").basis != "stated"


@pytest.mark.parametrize(
    ("above", "line", "day"),
    [
        ("*Information der Stadt*", "**Musterau, 17.10.2022.** Am Freitag ist die Stadt beigetreten.", "2022-10-17"),
        ("Musterau tritt bei", "Musterau, 17. Oktober 2022. Am Freitag ist die Stadt beigetreten.", "2022-10-17"),
    ],
)
def test_a_dateline_may_end_with_a_full_stop(above, line, day):
    long = "Die Stadt ist Mitglied geworden, und das ist eine lange erste Zeile, die noch keinen Tag nennt."
    assert published(f"# Musterau tritt bei\n\n{above}\n\n{long}\n\n{line} {TEXT}", "a.md").date == day


def test_a_speech_is_of_the_day_that_stands_behind_its_place():
    head = "Rede der Ministerin\nbeim Landestreffen\nMusterau, Alte Molkerei, 9. November 2023"
    found = read(f"Es gilt das gesprochene Wort!\n\n{head}\n\n{TEXT * 3}", "rede.txt", today=TODAY)
    assert (found.published.date, found.title[:4]) == ("2023-11-09", "Rede")


def test_a_decree_is_of_the_day_under_its_title():
    text = (
        f"# Richtlinie zur Förderung offener Orte\n\nErlass des Ministeriums für Orte vom 12. Januar 2022\n\n{TEXT * 3}"
    )
    assert published(text, "richtlinie.md").date == "2022-01-12"


def test_a_line_in_brackets_is_no_title():
    assert (
        read(f"(frei erfunden)\n\nMusterau tritt bei\n\n{TEXT * 3}", "a.txt", today=TODAY).title == "Musterau tritt bei"
    )
