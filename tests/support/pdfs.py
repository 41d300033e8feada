"""PDF files for tests, drawn with reportlab in the order in which office programs write them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 72.0, 430.0
TOP = A4[1] - 90.0
LETTERHEAD = (
    "Hausanschrift:",
    "Musterländisches Ministerium",
    "des Innern",
    "Attrappenallee 4",
    "00001 Fabelstadt",
    "",
    "Telefon 030 23125-101",
    "presse@innen.example.org",
    "",
    "Zu erreichen mit den",
    "Straßenbahnlinien 3, 6 und 7.",
    "Haltestelle Kulissenplatz.",
)


def release(*, title: str = "", author: str = "") -> bytes:
    """Two pages: body on the left, the letterhead in the right column, written between the texts of the pages."""

    def draw(canvas: Canvas) -> None:
        canvas.setTitle(title)
        canvas.setAuthor(author)
        _lines(canvas, LEFT, TOP + 40, ["Medieninformation", "", "Fabelstadt, 18. März 2020"], size=10)
        _lines(canvas, LEFT, TOP - 20, ["Musterau tritt dem Verbund bei"], size=15)
        _lines(
            canvas,
            LEFT,
            TOP - 60,
            [
                "Die Stadt Musterau ist dem Verbund beigetreten. Der Rat stimmte",
                "am 12. Mai zu. Die Bürgermeisterin unterschrieb im Ratssaal.",
                "",
                "",
                "Das Land bewilligte rund 240.000 Euro für die Präven-",
                "tion. Das Geld fließt in zwei neue Stellen für Streetwork und in die",
            ],
        )
        _lines(canvas, LEFT, 60, ["Seite 1 von 2"], size=8)
        _lines(canvas, RIGHT, TOP - 60, LETTERHEAD, size=8)
        canvas.showPage()
        _lines(
            canvas,
            LEFT,
            TOP,
            [
                "Beratung der Familien im Bahnhofsviertel. Außerdem entsteht bis zum",
                "30. September 2020 eine Sicherheitsanalyse.",
            ],
        )
        _lines(canvas, LEFT, 60, ["Seite 2 von 2"], size=8)

    return _pdf(draw)


def simple(*lines: str, password: str = "") -> bytes:
    """One page of text, encrypted where a password is given."""
    return _pdf(lambda canvas: _lines(canvas, LEFT, TOP, lines), password)


def picture_only() -> bytes:
    """One page that holds a picture and no text."""
    picture = ImageReader(Image.new("RGB", (60, 60), "grey"))
    return _pdf(lambda canvas: canvas.drawImage(picture, LEFT, 300, 200, 200))


def drawn(*pages: Callable[[Canvas], object], size: tuple[float, float] = A4) -> bytes:
    """A file of the pages that the functions draw."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, left: float, top: float, lines: Sequence[str], size: float = 11) -> None:
    """Lines one below the other; "" is an empty line."""
    _lines(canvas, left, top, lines, size)


def ruled(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]]) -> None:
    """A table with ruling lines; `ys` from top to bottom, a cell may hold several lines."""
    canvas.grid(list(xs), list(ys))
    for y, row in zip(ys, cells, strict=False):
        for x, cell in zip(xs, row, strict=False):
            _lines(canvas, x + 4, y - 13, cell.split("\n"), size=10)


def scanned(*lines: str, size: float = 14) -> bytes:
    """One page that is a picture of text, 200 dots an inch."""
    page = pdfium.PdfDocument(drawn(lambda canvas: _lines(canvas, LEFT, TOP, lines, size)))[0]
    picture = ImageReader(page.render(scale=200 / 72).to_pil().convert("L"))
    return drawn(lambda canvas: canvas.drawImage(picture, 0, 0, *A4))


def raw(*objects: bytes) -> bytes:
    """A file of hand-written objects, the first of which is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


SENTENCE = b"BT /F1 12 Tf 72 700 Td (Die Stadt Musterau baut eine neue Schule.) Tj ET"


def page(content: bytes = SENTENCE, *, media: bytes = b"[0 0 595 842]", count: int = 1, coding: bytes = b"") -> bytes:
    """A file of one hand-written page; `count` is how many it claims to have."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count,
        b"<</Type/Page/Parent 2 0 R/MediaBox %b/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % media,
        b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), coding, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _lines(canvas: Canvas, left: float, top: float, lines: Sequence[str], size: float = 11) -> None:
    canvas.setFont("Helvetica", size)
    for number, line in enumerate(lines):
        if line:
            canvas.drawString(left, top - number * size * 1.3, line)


def _pdf(draw: Callable[[Canvas], object], password: str = "") -> bytes:
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=encryption)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
