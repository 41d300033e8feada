import pytest
from support.documents import body, read, text_of
from support.mails import SENTENCE, forwarding, mail

from ingest.errors import UnreadableFile
from ingest.readers.mail import read_mail

ANSWER = "Vielen Dank, der Termin passt uns gut."


def roles(text, **options):
    """The own text of a mail and what it has beside it."""
    raw = read_mail(mail(text, **options), "a.eml")
    own = [line for block in raw.blocks if block.role is None and not block.level for line in block.lines]
    rest = [line for block in raw.blocks if block.role is not None for line in block.lines]
    return own, rest


def test_header_becomes_metadata():
    document = read(mail(), "brief.eml")
    assert (document.title, document.publisher, document.kind) == (
        "Musterau tritt bei",
        "Pressestelle Musterau",
        "mail",
    )
    assert (document.published.date, document.published.basis) == ("2021-06-25", "stated")
    assert SENTENCE in body(document)


def test_the_organisation_is_the_publisher():
    document = read(mail(fields={"Organization": "Stadt Musterau", "From": "Anna Beispiel <a@example.org>"}), "a.eml")
    assert document.publisher == "Stadt Musterau"


def test_an_address_alone_gives_its_domain():
    assert read(mail(fields={"From": "presse@musterau.example.org"}), "a.eml").publisher == "musterau.example.org"


def test_the_day_is_that_of_the_sender():
    assert read_mail(mail(fields={"Date": "Fri, 25 Jun 2021 23:30:00 -0800"}), "a.eml").meta["date"] == "2021-06-25"


@pytest.mark.parametrize("date", ["", "gestern", "32 Foo 2021", "Fri, 99 Jun 2021 99:99:99 +9999"])
def test_without_a_usable_date(date):
    assert "date" not in read_mail(mail(fields={"Date": date}), "a.eml").meta


def test_addresses_are_contact_and_no_body():
    document = read(mail(), "a.eml")
    assert "presse@musterau.example.org" in text_of(document, "contact")
    assert "@" not in body(document)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_encodings_of_the_text(charset):
    assert "Größe und Fläche" in body(
        read(mail("Größe und Fläche ändern sich in Musterau.\n", charset=charset), "a.eml")
    )


def test_bytes_that_are_not_what_the_header_says():
    raw = mail("Größe und Fläche ändern sich.\n", charset="utf-8")
    head, _, _ = raw.partition(b"\n\n")
    head = head.replace(b"base64", b"8bit").replace(b"quoted-printable", b"8bit")
    text = "Größe und Fläche ändern sich in Musterau.\n".encode("cp1252")
    assert "Größe und Fläche" in body(read(head + b"\n\n" + text, "a.eml"))


def test_latin1_means_windows():
    kind = b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit"
    head = b"From: a@example.org\nSubject: x\n" + kind
    text = "Das Geld – 5 € – hilft der „Stadt“ Musterau.\n".encode("cp1252")
    assert "– 5 € – hilft der „Stadt“" in body(read(head + b"\n\n" + text, "a.eml"))


def test_encoded_subject_and_quoted_printable():
    data = (
        b"From: =?iso-8859-1?Q?B=FCrgerb=FCro?= <b@example.org>\nSubject: =?utf-8?B?R3LDtsOfZSBpbiBNdXN0ZXJhdQ==?=\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"Die Gr=C3=B6=C3=9Fe der Stadt w=C3=A4chst in diesem =\nJahr weiter.\n"
    )
    document = read(data, "a.eml")
    assert (document.title, document.publisher) == ("Größe in Musterau", "Bürgerbüro")
    assert "Die Größe der Stadt wächst in diesem Jahr weiter." in body(document)


def test_raw_bytes_in_the_subject():
    data = "From: a@example.org\nSubject: Größe in Musterau\n\nDie Stadt wächst weiter.\n".encode("cp1252")
    assert read(data, "a.eml").title == "Größe in Musterau"


def test_flowed_text_is_whole_again():
    data = (
        b"From: a@example.org\nSubject: x\nContent-Type: text/plain; format=flowed\n\n"
        b"Die Stadt Musterau \nist dem Verbund \nbeigetreten.\n-- \nStadt Musterau\n"
    )
    assert SENTENCE in body(read(data, "a.eml"))


def test_html_alone():
    page = f"<p>{SENTENCE}</p><ul><li>Beratung der Orte</li></ul><script>x()</script><img src='https://x.example.org/p.png'>"
    document = read(mail("", html=page), "a.eml")
    assert SENTENCE in body(document)
    assert "– Beratung der Orte" in body(document)
    assert "x()" not in document.text
    assert "p.png" not in document.text


def test_plain_text_is_preferred():
    assert roles(SENTENCE, html=f"<p>{SENTENCE} In HTML.</p>")[0] == [SENTENCE]


def test_a_plain_text_that_only_points_to_html():
    page = f"<p>{SENTENCE}</p><p>{'Der Rat hatte im Mai zugestimmt. ' * 10}</p>"
    assert SENTENCE in roles("Bitte HTML aktivieren.", html=page)[0]


def test_layout_tables_of_a_newsletter_are_text():
    page = f"<table><tr><td><table><tr><td><h1>Neues</h1><p>{SENTENCE}</p></td></tr></table></td></tr></table>"
    assert SENTENCE in roles("", html=page)[0]


# --- quotations and cards


@pytest.mark.parametrize(
    "mark",
    [
        "-----Ursprüngliche Nachricht-----\nVon: Anna\nGesendet: Montag\nAn: Bernd\nBetreff: Termin",
        "Von: Anna Beispiel\nGesendet: Montag, 5. Juli 2021\nAn: Bernd\nBetreff: Termin",
        "________________________________\nVon: Anna <a@example.org>\nGesendet: Montag\nAn: Bernd",
        "-------- Original Message --------\nFrom: Anna\nTo: Bernd",
    ],
)
def test_an_earlier_mail_is_furniture(mark):
    own, rest = roles(f"{ANSWER}\n\n{mark}\n\nKönnen wir uns am 12. Mai treffen?\n")
    assert own == [ANSWER]
    assert "Können wir uns am 12. Mai treffen?" in rest


@pytest.mark.parametrize(
    "mark",
    [
        "Am 05.07.2021 um 10:00 schrieb Anna Beispiel:",
        "Am Mo., 5. Juli 2021 um 10:00 Uhr schrieb Anna Beispiel\n<anna@example.org>:",
    ],
)
def test_lines_with_a_mark_are_furniture_and_answers_below_are_not(mark):
    own, rest = roles(f"Guten Tag.\n\n{mark}\n> Passt der Termin?\n\n{ANSWER}\n")
    assert own == ["Guten Tag.", ANSWER]
    assert "> Passt der Termin?" in rest


def test_a_sentence_with_a_date_quotes_nothing():
    text = "Am 12. Mai 2021 um 10:00 Uhr beginnt die Sitzung.\nDer Rat beschließt:\nDie Stadt tritt bei.\n"
    assert roles(text)[0] == text.splitlines()


@pytest.mark.parametrize(
    ("subject", "mark"),
    [
        ("Fwd: Beitritt", "-------- Weitergeleitete Nachricht --------\nBetreff: Beitritt\nVon: Stadt Musterau"),
        ("WG: Beitritt", "-----Ursprüngliche Nachricht-----\nVon: Stadt Musterau\nGesendet: Montag\nAn: Presse"),
        ("WG: Beitritt", "Von: Stadt Musterau\nGesendet: Montag, 5. Juli 2021\nAn: Presse\nBetreff: Beitritt"),
        ("Beitritt", "Anfang der weitergeleiteten Nachricht:\nVon: Stadt Musterau"),
    ],
)
def test_what_is_passed_on_is_the_message(subject, mark):
    own, rest = roles(f"Zur Kenntnis.\n\n{mark}\n\n{SENTENCE}\n", subject=subject)
    assert own == ["Zur Kenntnis.", SENTENCE]
    assert any("Von: Stadt Musterau" in line for line in rest)


def test_a_mail_of_quotations_only_is_not_lost():
    assert roles(f"> {SENTENCE}\n> Der Rat stimmte zu.\n")[0] == [SENTENCE, "Der Rat stimmte zu."]


def test_a_quotation_in_html_is_furniture():
    page = f"<p>{ANSWER}</p><blockquote type='cite'><p>Passt der Termin?</p></blockquote>"
    own, rest = roles("", html=page)
    assert own == [ANSWER]
    assert "Passt der Termin?" in rest


def test_the_card_of_the_sender_is_contact():
    document = read(mail(f"{SENTENCE}\n\n-- \nAnna Beispiel\nPressestelle\nTel. 030 23125-101\n"), "a.eml")
    assert body(document).endswith(SENTENCE)
    assert "030 23125-101" in text_of(document, "contact")
    assert "Anna Beispiel" in text_of(document, "contact")


def test_two_dashes_may_divide_a_long_text():
    text = "Erster Teil der Meldung.\n--\n" + "\n".join(f"Der Punkt {n} folgt." for n in range(40))
    assert "Der Punkt 39 folgt." in roles(text)[0]


# --- nothing is lost


def test_a_mail_with_attachments_only():
    document = read(mail("", files={"Antrag groß.pdf": b"%PDF-1.4"}), "a.eml")
    assert document.title == "Musterau tritt bei"
    assert "Anlagen: Antrag groß.pdf" in body(document)
    assert "Pressestelle Musterau" in document.text


def test_a_forwarded_mail_is_no_part_of_the_text():
    document = read(forwarding(mail()), "a.eml")
    assert "Zur Kenntnis." in body(document)
    assert SENTENCE not in document.text


def test_attached_text_files_are_no_text_of_the_mail():
    assert "Anhang" not in body(read(mail(files={"a.txt": b"Der Anhang."}), "a.eml"))


@pytest.mark.parametrize("data", [b"kein Brief", b"\x00\x01\x02", b"Lieber Herr Muster: hallo"])
def test_no_mail(data):
    with pytest.raises(UnreadableFile, match=r"»a\.eml« ist keine lesbare E-Mail") as caught:
        read_mail(data, "a.eml")
    assert caught.value.hint
