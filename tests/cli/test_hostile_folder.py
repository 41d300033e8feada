"""A folder as nobody would wish it: each bad file ends in one clear message, and everything else comes in."""

import random
from pathlib import Path

import pytest
from support import pdfs
from support.mails import SENTENCE, mail
from support.office import document_xml, docx_with, paragraph, replaced, zipped
from support.processes import call

GOOD = {
    "Größe & Maß (Entwurf).txt": "Die Gemeinde Äpfelsbach misst 12 km².\n",
    "übergroß ß.md": "# Übergabe\n\nDer Bürgermeister übergab den Schlüssel.\n",
    "ordner.pdf/innen.txt": "Auch in einem Ordner mit falschem Namen liegt ein Text.\n",
}


def bomb() -> bytes:
    """A zip in a zip in a zip, each of which holds far more than it weighs."""
    inner = zipped({f"{number}.txt": b"0" * (30 << 20) for number in range(4)})
    return zipped({"a.zip": zipped({f"{number}.zip": inner for number in range(3)})})


def million() -> bytes:
    kids = b"[" + b"3 0 R " * 1000 + b"]"
    return pdfs.raw(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000000 /Kids " + kids + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def entity(secret: Path) -> bytes:
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secret}">]>'
    return replaced(docx_with(""), {"word/document.xml": document_xml(paragraph(f"{SENTENCE} &x;"), doctype)})


def hostile(folder: Path, secret: Path) -> dict[str, str]:
    """Write the files; what each message is about, by the name that is reported."""
    files = {
        "leer.txt": b"",
        "abgeschnitten.pdf": pdfs.simple(SENTENCE)[:300],
        "falsch.docx": b"MZ\x90\x00" + random.Random(2).randbytes(3000),
        "geheim.pdf": pdfs.simple(SENTENCE, password="geheim"),
        "million.pdf": million(),
        "bombe.zip": bomb(),
        "pfade.zip": zipped({"../../ausbruch.txt": "x", "gut.txt": "Im Archiv liegt ein guter Text."}),
        "binär.txt": random.Random(1).randbytes(5000),
        "zeile.txt": b"wort " * (10 << 20),
        "kodierung.txt": bytes(range(1, 32)) * 50 + b"\xff\xfe\x00\xd8" * 200,
        "entität.docx": entity(secret),
        "post.eml": mail(text="Anbei die Rechnung für Musterau.\n", files={"rechnung.pdf.exe": b"MZ\x90\x00"}),
        "seite.html": f"<html><h1>Rat</h1><p>{SENTENCE}</p><script>böse()</script><img src='https://x.example/p.png'>"
        "</html>".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "kreis.txt").symlink_to(folder / "kreis.txt")
    return {
        "leer.txt": "leer",
        "abgeschnitten.pdf": "PDF",
        "falsch.docx": "falsch.docx",
        "geheim.pdf": "Kennwort",
        "million.pdf": "million.pdf",
        "bombe.zip": "bombe",
        "pfade.zip › ../../ausbruch.txt": "ausbruch",
        "binär.txt": "Binärdaten",
        "zeile.txt": "zu groß",
        "kodierung.txt": "kodierung.txt",
        "post.eml › rechnung.pdf.exe": "rechnung.pdf.exe",
        "kreis.txt": "Kreis",
        "ordner.pdf": "Ordner",
    }


@pytest.mark.slow
def test_each_bad_file_is_named_once_and_the_rest_comes_in(tmp_path):
    folder, secret, data = tmp_path / "archiv", tmp_path / "geheimnis.txt", tmp_path / "data"
    folder.mkdir()
    secret.write_text("STRENG-GEHEIM", encoding="utf-8")
    for name, text in GOOD.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    expected = hostile(folder, secret)
    result = call(data, "ingest", folder, "--json")
    assert result.code == 1
    named = [failure["source"] for failure in result.json["failed"]]
    assert sorted(named) == sorted(expected)
    for failure in result.json["failed"]:
        assert failure["error"]
        assert failure["hint"]
        assert expected[failure["source"]].casefold() in failure["error"].casefold(), failure
    sources = {row["source"] for row in call(data, "documents", "--json").json}
    assert sources == {*(Path(name).name for name in GOOD), "gut.txt", "post.eml", "seite.html", "entität.docx"}
    assert "Äpfelsbach" in call(data, "ask", "Wie groß ist die Gemeinde Äpfelsbach?").out
    everything = b"".join(path.read_bytes() for path in data.glob("catalogue.sqlite*"))
    assert b"STRENG-GEHEIM" not in everything
    assert "böse".encode() not in everything
    assert not (tmp_path.parent / "ausbruch.txt").exists()
    again = call(data, "ingest", folder, "--json")
    assert len(again.json["failed"]) == len(named)
    assert again.seconds < result.seconds
    listed = call(data, "failures", "--json")
    assert listed.code == 1
    assert {row["source"] for row in listed.json} == set(named)
