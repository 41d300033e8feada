"""PDF files for tests, drawn with reportlab in the order in which office programs write them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

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
