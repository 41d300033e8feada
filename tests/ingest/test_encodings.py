import time

import pytest
from support.documents import TODAY, body, read

from ingest.bounds import LONGEST_LINE, bounded
from ingest.errors import UnreadableFile
from ingest.readers.encoding import MAX_TEXT, decode, decode_as
from ingest.readers.text import read_text
from ingest.reading import assemble
from ingest.types import Block

GERMAN = (
    "Prüfung der Größe in Musterau\n\nDie Bürgermeisterin erklärte: „Wir müssen für die Straßen mehr tun.“ "
    "Übermäßig groß ist die Fläche nicht – höchstens 5 %.\n"
)
PLAIN = "Überprüfung der Straße\nDie Bürgerinnen hören zu, größere Bäume fällen wir für Ältere.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_text_with_typographic_marks(encoding):
    assert decode(GERMAN.encode(encoding), "a.txt") == GERMAN


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "latin-1", "iso-8859-15", "cp1252", "mac_roman", "utf-8"])
def test_letters_of_all_machines(encoding):
    assert decode(PLAIN.encode(encoding), "a.txt") == PLAIN


@pytest.mark.parametrize("text", ["Größe", "Öl", "für", "Straße 5", "Über uns", "Fläche: 5"])
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_a_few_letters_are_enough(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_euro_sign_and_quotes_are_windows():
    assert decode("Das kostet 5 € – „viel“".encode("cp1252"), "a.txt") == "Das kostet 5 € – „viel“"


def test_names_of_neighbours():
    assert decode("Café Hôtel Łódź Dvořák".encode(), "a.txt") == "Café Hôtel Łódź Dvořák"
    assert decode("Das Café in Orléans".encode("cp1252"), "a.txt") == "Das Café in Orléans"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines(newline):
    assert decode(PLAIN.replace("\n", newline).encode(), "a.txt") == PLAIN


def test_utf8_with_a_lost_byte_stays_utf8():
    data = (GERMAN * 5).encode()
    cut = data.replace("Fläche".encode(), "Fläche".encode()[:3] + b"che", 1)
    assert "Straßen" in decode(cut, "a.txt")
    assert "StraÃ" not in decode(cut, "a.txt")


def test_a_declared_encoding_that_does_not_exist():
    assert decode_as("Größe".encode(), "x-unbekannt") == "Größe"
    assert decode_as("Größe".encode("cp1252"), "utf-8") == "Größe"
    assert decode_as("Größe €".encode("cp1252"), "iso-8859-1") == "Größe €"


def test_zeros_at_the_end_are_padding():
    assert decode(PLAIN.encode() + bytes(100), "a.txt").startswith(PLAIN)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"Text \x00 mit Nullen", b"\x01\x02\x03\x04\x05\x06" * 50, b"PK\x03\x04\x14\x00" * 9],
)
def test_binary_data(data):
    with pytest.raises(UnreadableFile, match=r"»a\.txt« enthält keine lesbare Schrift") as caught:
        decode(data, "a.txt")
    assert caught.value.hint


def test_too_large():
    with pytest.raises(UnreadableFile, match="höchstens 20 MB") as caught:
        decode(b"a" * (MAX_TEXT + 1), "a.txt")
    assert "teilen" in caught.value.hint


# --- long lines


def long(text, size=500_000):
    data = (text * (size // len(text))).encode()
    started = time.monotonic()
    document = assemble(read_text(data, "a.txt"), origin="t", source="a.txt", data=data, today=TODAY)
    assert time.monotonic() - started < 20
    return document


@pytest.mark.parametrize("text", ["Der Rat der Stadt tagt. ", "Musterau 12 34; ", "(„ Wort ", "Wort, Wort "])
def test_all_in_one_line(text):
    assert len(body(long(text))) > 400_000


@pytest.mark.parametrize("text", ["wort ", "a", "a.b@", "0"])
def test_what_is_no_prose_is_no_body(text):
    with pytest.raises(UnreadableFile, match="enthält keinen Text"):
        long(text)


def test_data_in_a_line_is_left_out_visibly():
    text = body(read("Vor dem Bild steht ein Satz. " * 120 + "A" * 5000 + " Danach steht noch einer."))
    assert "[…] Danach steht noch einer." in text


def test_ordinary_lines_stay_as_they_are():
    blocks = (Block(("a " * (LONGEST_LINE // 2),)), Block(("b", "c"), level=2))
    assert bounded(blocks) == blocks


def test_sentences_are_not_cut():
    sentence = "Der Rat der Stadt Musterau tagt im Saal."
    blocks = bounded([Block((" ".join([sentence] * 300),))])
    assert len(blocks) > 3
    assert all(len(line) <= LONGEST_LINE and line.endswith("Saal.") for block in blocks for line in block.lines)
