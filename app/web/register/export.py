"""The rows of a list as a file that spreadsheet programs open with a double click.

German ones want semicolons, decimal commas (1.5 would become the first of May) and a mark that it is UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from starlette.responses import Response

from app.register.export import BOM, to_csv
from app.register.rows import Row
from app.web.strings import Strings

_NAME = "register.csv"
_VALUE = "Wert"


def csv_response(rows: Sequence[Row], t: Strings) -> Response:
    """The file as a download; cells that would be formulas are made harmless by `app.register.export`."""
    text = BOM + (_german(to_csv(rows), rows) if t.lang == "de" else to_csv(rows))
    headers = {"Content-Disposition": f'attachment; filename="{_NAME}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _german(text: str, rows: Sequence[Row]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    writer.writerow(head)
    at = head.index(_VALUE)
    for row, line in zip(rows, lines, strict=True):
        if isinstance(row.fact.value, float):
            line[at] = line[at].replace(".", ",")
        writer.writerow(line)
    return buffer.getvalue()
