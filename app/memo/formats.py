"""The formats of a Vermerk. The packages that write them are imported with the first document."""

from __future__ import annotations

from typing import Literal, get_args

from app.memo.content import Memo

Format = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def format_of(name: str) -> Format | None:
    """The format that a file name asks for."""
    return next((known for known in FORMATS if name.lower().endswith(f".{known}")), None)


def write(memo: Memo, format: Format) -> bytes:
    """The document."""
    if format == "docx":
        from app.memo.docx import to_docx

        return to_docx(memo)
    from app.memo.pdf import to_pdf

    return to_pdf(memo)
