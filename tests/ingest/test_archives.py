import io
import os
import struct
import unicodedata
import zipfile
import zlib

import pytest
from support.mails import SENTENCE, forwarding, mail
from support.office import docx_of, zipped

from ingest.archives import MAX_DEPTH, MAX_MEMBERS, Member, Refused, members
from ingest.errors import AuskunftError, UnreadableFile, UnsupportedFormat

TEXT = SENTENCE.encode()


@pytest.fixture
def listing(tmp_path):
    """The members of a container with these bytes, by name; refused ones give their error."""

    def list_members(data, name="post.zip"):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(members(path, name))
        assert len({one.name for one in found}) == len(found)
        return {one.name: one if isinstance(one, Member) else one.error for one in found}

    return list_members


def entry(name, data=TEXT, *, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


# --- zip


def test_members_of_a_zip(listing):
    found = listing(zipped({"Briefe/größe 1.txt": TEXT, "b.docx": docx_of(lambda d: d.add_paragraph(SENTENCE))}))
    assert list(found) == ["Briefe/größe 1.txt", "b.docx"]
    letter = found["Briefe/größe 1.txt"]
    assert (letter.read(), letter.size, letter.mark) == (TEXT, len(TEXT), zlib.crc32(TEXT))


def test_what_systems_put_in_is_skipped(listing):
    files = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a/.hidden/b.txt": b"x", "Thumbs.db": b"x", "~$a.docx": b"x"}
    assert list(listing(zipped({**files, "leer/": b"", "a.txt": TEXT}))) == ["a.txt"]


def test_listing_unpacks_nothing(listing, monkeypatch):
    data = zipped({"a.txt": TEXT, "b.pdf": TEXT})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **options: pytest.fail("unpacked"))
    assert list(listing(data)) == ["a.txt", "b.pdf"]


def test_listing_keeps_no_file_open(listing, tmp_path):
    kept = []
    for number in range(20):
        kept += listing(zipped({"a.txt": TEXT}), f"{number}.zip").values()
    opened = [
        os.readlink(f"/proc/self/fd/{fd}")
        for fd in os.listdir("/proc/self/fd")
        if os.path.exists(f"/proc/self/fd/{fd}")
    ]
    assert sum(name.startswith(str(tmp_path)) for name in opened) <= 4
    assert all(member.read() == TEXT for member in kept)


def renamed(raw, flag=0):
    """A zip whose only member has these bytes as name."""
    data = bytearray(entry("x" * len(raw) + ".txt"))
    for mark, offset in ((b"PK\x03\x04", 30), (b"PK\x01\x02", 46)):
        at = data.index(mark)
        data[at + offset : at + offset + len(raw)] = raw
        data[at + (6 if mark[2] == 3 else 8) + 1] = flag >> 8
    return bytes(data)


@pytest.mark.parametrize("page", ["utf-8", "cp437", "cp850", "cp1252"])
def test_names_in_old_code_pages(listing, page):
    assert list(listing(renamed("Prüfung Größe Öl".encode(page)))) == ["Prüfung Größe Öl.txt"]


def test_decomposed_names_are_composed(listing):
    assert list(listing(zipped({unicodedata.normalize("NFD", "Prüfung.txt"): TEXT}))) == ["Prüfung.txt"]


def test_the_same_name_twice(listing):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/b.txt", "eins")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a/b.txt", "zwei")
    found = listing(buffer.getvalue())
    assert {name: member.read() for name, member in found.items()} == {"a/b.txt": b"eins", "a/b (2).txt": b"zwei"}


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:/a.txt", "..\\a.txt", "C:\\a.txt"])
def test_names_that_lead_out_of_the_archive(listing, name):
    found = listing(zipped({name: b"x", "gut.txt": TEXT}))
    bad, good = found.values()
    assert isinstance(bad, UnreadableFile)
    assert "außerhalb" in bad.message
    assert bad.hint
    assert good.read() == TEXT


def test_an_unknown_format_names_the_file(listing):
    error = listing(zipped({"Ordner/bild.xyz": b"x"}))["Ordner/bild.xyz"]
    assert isinstance(error, UnsupportedFormat)
    assert "Ordner/bild.xyz" in error.message
    assert ".pdf" in error.hint


@pytest.mark.parametrize("name", ["rechnung.pdf.exe", "rechnung.PDF.EXE", "rechnung.pdf   .scr", "rechnung.docx.js"])
def test_a_double_suffix(listing, name):
    error = listing(zipped({name: b"MZ"}))[name]
    assert "gibt sich als ." in error.message
    assert "wird nicht geöffnet" in error.message


def flagged(data, offset, value):
    """The zip with two bytes of its member's records changed."""
    out = bytearray(data)
    for mark, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = out.index(mark) + offset + shift
        out[at : at + 2] = struct.pack("<H", value)
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (flagged(entry("a.txt"), 6, 1), "»a.txt« ist mit einem Kennwort geschützt"),
        (flagged(entry("a.txt"), 8, 9), "»a.txt« ist in einer Weise gepackt"),
        (entry("a.txt", b"\0" * (3 << 20)), "»a.txt« ist verdächtig dicht gepackt"),
    ],
    ids=["encrypted", "method", "bomb"],
)
def test_members_that_are_not_unpacked(listing, data, message):
    error = listing(data)["a.txt"]
    assert isinstance(error, UnreadableFile)
    assert message in error.message
    assert error.hint


def test_a_member_beyond_the_limit(listing, monkeypatch):
    monkeypatch.setattr("ingest.zips.MAX_MEMBER", 10)
    assert "größer als" in listing(zipped({"a.txt": TEXT}))["a.txt"].message


def test_the_total_is_limited_across_archives(listing, monkeypatch):
    monkeypatch.setattr("ingest.archives._Budget", lambda: __import__("types").SimpleNamespace(members=100, bytes=2000))
    inner = zipped({f"{n}.txt": os.urandom(400) for n in range(3)})
    found = listing(zipped({"a.zip": inner, "b.txt": TEXT}, packed=False))
    assert [isinstance(one, Member) for one in found.values()].count(True) == 1
    assert any("größer als" in one.message for one in found.values() if isinstance(one, AuskunftError))


def test_a_size_that_is_a_lie(listing):
    data = bytearray(entry("a.txt", b"A" * 5000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    member = listing(bytes(data))["a.txt"]
    with pytest.raises(UnreadableFile, match="im Archiv beschädigt"):
        member.read()


def test_too_many_files(listing, monkeypatch):
    monkeypatch.setattr("ingest.zips.MAX_MEMBERS", 3)
    with pytest.raises(UnreadableFile, match="mehr als") as caught:
        listing(zipped({f"{n}.txt": b"x" for n in range(4)}))
    assert caught.value.hint


def test_the_largest_table_of_contents_is_quick(listing):
    found = listing(zipped({f"ordner/{n}.txt": b"x" for n in range(MAX_MEMBERS)}, packed=False))
    assert len(found) == MAX_MEMBERS


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"kein Archiv", zipped({"a.txt": TEXT})[:60], b""],
    ids=["beginning", "text", "cut", "nothing"],  # the time in an archive would give each run other names
)
def test_a_broken_zip_fails_as_a_whole(listing, data):
    with pytest.raises(UnreadableFile, match=r"»post\.zip« ist beschädigt oder kein ZIP-Archiv") as caught:
        listing(data)
    assert caught.value.hint


def test_a_member_with_damaged_content(listing):
    data = bytearray(entry("a.txt", os.urandom(500), method=zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    with pytest.raises(UnreadableFile, match="beschädigt"):
        listing(bytes(data))["a.txt"].read()


def test_a_file_that_changed_after_listing(listing, tmp_path):
    member = listing(zipped({"a.txt": TEXT}))["a.txt"]
    (tmp_path / "post.zip").write_bytes(zipped({"a.txt": TEXT + b" Neu."}))
    with pytest.raises(UnreadableFile, match="geändert"):
        member.read()


def test_a_file_that_vanished(listing, tmp_path):
    member = listing(zipped({"a.txt": TEXT}))["a.txt"]
    (tmp_path / "post.zip").unlink()
    with pytest.raises(UnreadableFile, match="lässt sich nicht öffnen"):
        member.read()
    with pytest.raises(UnreadableFile, match="lässt sich nicht öffnen"):
        members(tmp_path / "post.zip", "post.zip")


def test_a_document_that_calls_itself_zip(listing):
    data = docx_of(lambda document: document.add_paragraph(SENTENCE))
    found = listing(data, "brief.zip")
    assert list(found) == ["brief.docx"]
    assert found["brief.docx"].read() == data


# --- containers inside each other


def test_a_zip_in_a_zip(listing):
    found = listing(zipped({"innen.zip": zipped({"tief/a.txt": TEXT}), "b.txt": b"x"}))
    assert list(found) == ["innen.zip/tief/a.txt", "b.txt"]
    assert found["innen.zip/tief/a.txt"].read() == TEXT


def test_depth_is_limited(listing):
    data = zipped({"a.txt": TEXT})
    for _ in range(MAX_DEPTH - 1):
        data = zipped({"z.zip": data})
    assert all(isinstance(one, Member) for one in listing(data).values())
    (error,) = listing(zipped({"z.zip": data})).values()
    assert "in zu vielen Archiven" in error.message


def test_a_nested_bomb(listing):
    bomb = zipped({f"{n}.txt": b"\0" * (2 << 20) for n in range(5)})
    found = listing(zipped({"bombe.zip": bomb, "gut.txt": TEXT}))
    assert found.pop("gut.txt").read() == TEXT
    assert len(found) == 5
    assert all("dicht gepackt" in error.message for error in found.values())


def test_a_broken_zip_in_a_zip_is_refused_alone(listing):
    found = listing(zipped({"kaputt.zip": b"PK\x03\x04", "gut.txt": TEXT}))
    assert isinstance(found["kaputt.zip"], UnreadableFile)
    assert found["gut.txt"].read() == TEXT


def test_a_mail_in_a_zip_and_its_attachments(listing):
    letter = mail(files={"Anlage groß.pdf": b"%PDF-1.4 x"})
    found = listing(zipped({"post/brief.eml": letter}))
    assert list(found) == ["post/brief.eml", "post/brief.eml/Anlage groß.pdf"]
    assert found["post/brief.eml"].read() == letter
    assert found["post/brief.eml/Anlage groß.pdf"].read() == b"%PDF-1.4 x"


def test_a_broken_mail_in_a_zip_is_reported_once(listing):
    assert list(listing(zipped({"brief.eml": b"kein Brief"}))) == ["brief.eml"]


# --- mail


def test_attachments_of_a_mail(listing):
    found = listing(mail(files={"Prüfung 1.docx": b"PK", "b.pdf": b"%PDF"}), "brief.eml")
    assert list(found) == ["Prüfung 1.docx", "b.pdf"]
    assert found["b.pdf"].mark == zlib.crc32(b"%PDF")
    assert found["b.pdf"].read() == b"%PDF"


def test_a_mail_without_attachments(listing):
    assert listing(mail(), "brief.eml") == {}


def test_attachments_with_one_name(listing):
    data = mail(files={"a.pdf": b"eins"})
    data = data.replace(b"a.pdf", b"b.pdf")
    two = mail(files={"b.pdf": b"eins", "c.pdf": b"zwei"}).replace(b'"c.pdf"', b'"b.pdf"')
    assert list(listing(data, "1.eml")) == ["b.pdf"]
    assert list(listing(two, "2.eml")) == ["b.pdf", "b (2).pdf"]


def test_a_forwarded_mail_is_a_member_with_its_attachments(listing):
    found = listing(forwarding(mail(files={"a.pdf": b"%PDF"})), "weiter.eml")
    assert list(found) == ["Musterau tritt bei.eml", "Musterau tritt bei.eml/a.pdf"]
    assert SENTENCE.encode() in found["Musterau tritt bei.eml"].read()


def test_a_zip_in_a_mail(listing):
    found = listing(mail(files={"alles.zip": zipped({"a.txt": TEXT})}), "brief.eml")
    assert found["alles.zip/a.txt"].read() == TEXT


def test_a_double_suffix_in_a_mail(listing):
    error = listing(mail(files={"rechnung.pdf.exe": b"MZ"}), "brief.eml")["rechnung.pdf.exe"]
    assert "gibt sich als .pdf aus und wird nicht geöffnet" in error.message


def test_names_of_attachments_lead_nowhere(listing):
    assert list(listing(mail(files={"../../etc/a.pdf": b"%PDF"}), "brief.eml")) == ["a.pdf"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("image/png", "logo.png"),
        ("text/calendar", "termin.ics"),
        ("text/vcard", "anna.vcf"),
        ("application/pkcs7-signature", "smime.p7s"),
        ("application/octet-stream", "smime.p7s"),
    ],
)
def test_what_is_no_document_is_skipped(listing, kind, name):
    data = mail(files={name: b"x"}).replace(b"application/octet-stream", kind.encode())
    assert listing(data, "brief.eml") == {}


def test_no_mail_fails_as_a_whole(listing):
    with pytest.raises(UnreadableFile, match="keine lesbare E-Mail"):
        listing(b"kein Brief", "brief.eml")


def test_members_are_told_from_refused_ones(listing, tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": TEXT, "b.exe": b"MZ"}))
    good, bad = members(tmp_path / "x.zip", "x.zip")
    assert isinstance(good, Member)
    assert isinstance(bad, Refused)
