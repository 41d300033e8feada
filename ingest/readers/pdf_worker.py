"""Child process of the PDF reader: PDF on standard input, JSON of positioned text on standard output."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

MEMORY_LIMIT = 2 * 1024**3


def extract(data: bytes, max_pages: int) -> dict[str, Any]:
    """Text runs per page as `[left, bottom, right, top, text]` in points, origin at the bottom left."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "format"}
    if len(document) > max_pages:
        return {"error": "pages"}
    return {"pages": [_runs(page) for page in document], "meta": document.get_metadata_dict()}


def _runs(page: Any) -> list[list[Any]]:
    text_page = page.get_textpage()
    runs: list[list[Any]] = []
    for index in range(text_page.count_rects()):
        box = text_page.get_rect(index)
        # The engine marks a hyphen at a line end by U+0002 or U+FFFE.
        text = re.sub("[\x02\ufffe\u00ad]", "-", text_page.get_text_bounded(*box))
        if text.strip():
            runs.append([round(value, 1) for value in box] + [" ".join(text.split())])
    return runs


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def main() -> None:
    """Entry point of the child."""
    _limit_memory()
    json.dump(extract(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
