"""Whatever a file holds, reading it ends in a document or in one clear message, and soon."""

import io
import itertools
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import pdfs
from support.documents import TODAY
from support.mails import SENTENCE, forwarding, mail
from support.office import docx_of, odt_of, zipped

from ingest.archives import Member, members
from ingest.errors import AuskunftError, UnreadableFile
from ingest.readers import READERS, reader_for
from ingest.readers.sniff import sniff
from ingest.reading import assemble, read_document

PAGE = f"""<html lang="de"><head><title>Musterau</title><script>alert("Skript")</script></head><body><nav>Start</nav>
<h1>Musterau tritt bei</h1><p>{SENTENCE}</p><table><tr><th>Jahr</th><th>Orte</th></tr><tr><td>2020</td><td>34</td></tr>
</table><img src="https://zaehler.example.org/pixel.gif"></body></html>"""
MARKDOWN = f"---\ntitle: Musterau\n---\n# Musterau\n\n{SENTENCE}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- eins\n"
ODT = f'<text:h text:outline-level="1">Musterau</text:h><text:p>{SENTENCE}</text:p>'


def fill(document):
    document.add_heading("Musterau tritt bei", 1)
    document.add_paragraph(SENTENCE)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Ort"


DOCX = docx_of(fill)
SEEDS = {
    ".txt": f"Musterau\n\n{SENTENCE}\n".encode(),
    ".md": MARKDOWN.encode(),
    ".html": PAGE.encode(),
    ".docx": DOCX,
    ".odt": odt_of(ODT),
    ".eml": mail(html=PAGE, files={"a.txt": b"x"}),
}
CONTAINERS = {
    ".zip": zipped({"a/größe.txt": SENTENCE, "b.eml": mail(files={"c.txt": b"x"}), "d.zip": zipped({"e.txt": "x"})}),
    ".eml": forwarding(mail(files={"a.txt": b"x", "b.zip": zipped({"c.txt": "x"})})),
}


def attempt(data, suffix):
    """Read as `read_document` does, without a file; None where that ends in a message."""
    name = f"datei{suffix}"
    if not data.strip():
        return None
    try:
        return assemble(reader_for(suffix, data, name)(data, name), origin="t", source=name, data=data, today=TODAY)
    except AuskunftError as error:
        helpful(error, name)
        return None


def helpful(error, name=""):
    """An error names the file and says what to do."""
    assert name in error.message
    assert error.hint


def explore(path, data):
    """List a container and read all of it."""
    path.write_bytes(data)
    try:
        for one in itertools.islice(members(path, path.name), 50):
            if isinstance(one, Member):
                take(one)
            else:
                helpful(one.error)
    except AuskunftError as error:
        helpful(error)


def take(member):
    try:
        data = member.read()
    except AuskunftError as error:
        helpful(error)
    else:
        attempt(data, "." + member.name.rsplit(".", 1)[-1].lower())


def mutated(data, chance):
    """`data` with a few bytes changed, removed, doubled or replaced, or cut short."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(out)) if out else 0
        size = chance.choice((1, 1, 2, 8, 64))
        kind = chance.randrange(6)
        if kind == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del out[at : at + size]
        elif kind == 2:
            out[at:at] = out[at : at + size] * chance.choice((1, 2, 30))
        elif kind == 3:
            out[at : at + size] = chance.randbytes(size)
        elif kind == 4:
            out[at:at] = chance.choice(
                (b"\x00", b"<", b">", b"&#0;", b"\xff\xfe", b"\n\n", b"=?utf-8?b?=?=", b"--", b'"')
            )
        elif chance.random() < 0.3:
            del out[at:]
    return bytes(out)


def repacked(data, chance):
    """An office file whose parts are changed, but packed properly: the damage reaches the parser."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        hit = set(chance.sample(names, min(len(names), 2))) | {chance.choice(("word/document.xml", "content.xml"))}
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name in hit else part)
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", SEEDS)
def test_the_seeds_are_sound(suffix):
    assert SENTENCE in attempt(SEEDS[suffix], suffix).text


@pytest.mark.parametrize("suffix", SEEDS)
def test_changed_bytes(suffix):
    chance = random.Random(suffix)
    for _ in range(400):
        attempt(mutated(SEEDS[suffix], chance), suffix)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_changed_parts(suffix):
    chance = random.Random(suffix)
    for _ in range(120):
        attempt(repacked(SEEDS[suffix], chance), suffix)


@pytest.mark.parametrize("suffix", CONTAINERS)
def test_changed_containers(suffix, tmp_path):
    chance = random.Random(suffix)
    for _ in range(150):
        explore(tmp_path / f"a{suffix}", mutated(CONTAINERS[suffix], chance))


def test_changed_pdfs():
    chance = random.Random("pdf")
    seed = pdfs.simple("Musterau tritt bei", SENTENCE)
    for _ in range(60):
        attempt(mutated(seed, chance), ".pdf")


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(sorted(SEEDS)))
def test_any_bytes(data, suffix):
    attempt(data, suffix)


@settings(max_examples=150)
@given(
    st.text(max_size=300),
    st.sampled_from([".txt", ".md", ".html", ".eml"]),
    st.sampled_from(["", "From: a@b.example\n\n", "<p>"]),
)
def test_any_text(text, suffix, start):
    attempt((start + text).encode("utf-8", "replace"), suffix)


MARKUP = """<table>|<tr>|<td colspan=9>|<th rowspan=99>|<ul>|<li>|<p>|<h2>|Kommentare|Wort |</table>|</td>|</div>|
<div class=related>|<!--|<form>|<br>|<blockquote>"""
FIELDS = """Content-Type: multipart/mixed; boundary=b|Content-Type: text/html; charset=x||--b|--b--|From: <<a@|Text.|
> Zitat|Content-Type: message/rfc822|Subject: =?x?q?=FC|Date: 99 Foo|Content-Transfer-Encoding: base64|-- |
Content-Disposition: attachment; filename*0*=x''%"""


@settings(max_examples=100)
@given(st.lists(st.sampled_from(MARKUP.split("|")), max_size=60))
def test_any_markup(parts):
    attempt(f"<html><p>{SENTENCE}{''.join(parts)}".encode(), ".html")


@settings(max_examples=100)
@given(st.lists(st.sampled_from(FIELDS.split("|")), max_size=40))
def test_any_mail(parts):
    attempt("\n".join(["From: a@example.org", *(part.strip("\n") for part in parts)]).encode(), ".eml")


# --- inputs people have sent


def read(path, data):
    path.write_bytes(data)
    return read_document(path, origin=str(path), source=path.name, today=TODAY)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_empty(tmp_path, suffix):
    with pytest.raises(UnreadableFile, match="ist leer"):
        read(tmp_path / f"größe 1{suffix}", b"")


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_truncated(tmp_path, suffix):
    with pytest.raises(UnreadableFile, match="beschädigt"):
        read(tmp_path / f"a{suffix}", SEEDS[suffix][: len(SEEDS[suffix]) // 2])


@pytest.mark.parametrize("real", [".html", ".docx", ".odt", ".eml", ".pdf"])
@pytest.mark.parametrize("claimed", [".txt", ".docx", ".pdf", ".html", ".odt"])
def test_a_wrong_suffix_loses_nothing(tmp_path, claimed, real):
    data = pdfs.simple("Musterau tritt bei", SENTENCE) if real == ".pdf" else SEEDS[real]
    assert SENTENCE in read(tmp_path / f"größe 1{claimed}", data).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped({"a.txt": "x"}), "ist in Wahrheit ein ZIP-Archiv"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "ist in Wahrheit ein Bild"),
        (b"{\\rtf1 Text}", "Rich-Text-Dokument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "alten Office-Formats"),
        (b"MZ" + bytes(100) + b"PE\x00\x00", "ist in Wahrheit ein Programm"),
        (zipped({"xl/workbook.xml": "x"}), "Excel-Tabelle"),
    ],
)
def test_another_format_that_is_not_read(tmp_path, data, message):
    with pytest.raises(UnreadableFile, match=message) as caught:
        read(tmp_path / "a.pdf", data)
    assert "»a.pdf«" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "Sehr geehrte Damen und Herren",
        "From: Anna",
        "Betreff: x\nVon: y\n\nText",
        "# Titel",
        "<b>x</b>",
        "%PDF ist ein Format",
    ],
)
def test_text_is_nothing_else(text):
    assert sniff(text.encode()) is None


def test_encrypted_pdf(tmp_path):
    with pytest.raises(UnreadableFile, match="Kennwort"):
        read(tmp_path / "a.pdf", pdfs.simple(SENTENCE, password="geheim"))


def test_binary_as_text(tmp_path):
    with pytest.raises(UnreadableFile, match="Binärdaten"):
        read(tmp_path / "a.txt", random.Random(1).randbytes(5000))


def test_fifty_megabytes_in_one_line(tmp_path):
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="zu groß für eine Textdatei"):
        read(tmp_path / "a.txt", b"wort " * (10 << 20))
    assert time.monotonic() - started < 5


def test_scripts_and_remote_images(tmp_path):
    text = read(tmp_path / "a.html", PAGE.encode()).text
    assert "Skript" not in text
    assert "zaehler" not in text


@pytest.mark.parametrize("part", ["<div>", "<table><tr><td>", "<ul><li>", "<b>", "<blockquote>", "<span><p>"])
def test_deeply_nested_pages(tmp_path, part):
    text = read(tmp_path / "a.html", f"<html><h1>Titel</h1><p>{SENTENCE}</p>{part * 20_000}Tief".encode()).text
    assert SENTENCE in text


def test_deeply_nested_markdown(tmp_path):
    assert (
        SENTENCE
        in read(tmp_path / "a.md", f"# Titel\n\n{SENTENCE}\n\n{'>' * 3000} x\n\n{'- ' * 3000}x\n".encode()).text
    )


def test_deeply_nested_mail(tmp_path):
    data = mail()
    for _ in range(30):
        data = forwarding(data)
    explore(tmp_path / "a.eml", data)


@pytest.mark.parametrize(
    "head",
    ["a: &a [x, x]\nb: [*a, *a]\n", "a: " + "[" * 3000 + "\n", "? " * 3000 + "\n"],
    ids=["bomb", "lists", "keys"],
)
def test_front_matter_that_explodes(tmp_path, head):
    with pytest.raises(UnreadableFile, match="Vorspann"):
        read(tmp_path / "a.md", f"---\n{head}---\n{SENTENCE}\n".encode())
