"""Word and OpenDocument files for tests, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import docx

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "meta": "meta", "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(
    fill: Callable[[Any], object], *, title: str = "", author: str = "", changed: datetime | None = None
) -> bytes:
    """A Word file that `fill` wrote with python-docx."""
    document = docx.Document()
    fill(document)
    core = document.core_properties
    core.title, core.author = title, author
    if changed:
        core.modified = changed
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_with(xml: str) -> bytes:
    """A Word file with `xml` (elements of the namespace prefix `w`) as its body."""
    return replaced(docx_of(lambda document: None), {"word/document.xml": document_xml(xml)})


def document_xml(xml: str, doctype: str = "") -> str:
    """The main part of a Word file."""
    names = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return f'<?xml version="1.0"?>{doctype}<w:document {names}><w:body>{xml}</w:body></w:document>'


def paragraph(text: str) -> str:
    """A paragraph of a Word file as XML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt_of(text: str, *, styles: str = "", pages: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text: XML of the text, of automatic styles, of page headers and footers, of the properties."""
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>{body}"
    master = f"<office:master-styles><style:master-page>{pages}</style:master-page></office:master-styles>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": _part("document-content", content),
            "styles.xml": _part("document-styles", master),
            "meta.xml": _part("document-meta", f"<office:meta>{meta}</office:meta>"),
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def zipped(files: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """A zip with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=stored)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, str | bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(data: bytes, files: Mapping[str, str | bytes]) -> bytes:
    """A zip with some of its files replaced or added."""
    return zipped({**unzipped(data), **files})


def _part(name: str, content: str) -> str:
    return f'<?xml version="1.0"?><office:{name} {NAMESPACES} {DC}>{content}</office:{name}>'
