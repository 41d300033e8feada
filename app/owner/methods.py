"""What of the assistant can be called from another process. A new method is one line here.

`SHORT` ones are answered by every owner. `LONG` ones report on their own work only if they have it to themselves: they
go to an owner that stays (the web app), while they wait for a command to end and then hold the folder themselves.
"""

from __future__ import annotations

from typing import Literal

Length = Literal["short", "long"]
SHORT: Length = "short"
LONG: Length = "long"

PREFIX = "/api/v1/owner/"
MEDIA_TYPE = "application/jsonl"

METHODS: dict[str, Length] = {
    "ask": SHORT,
    "search": SHORT,
    "documents": SHORT,
    "document": SHORT,
    "versions": SHORT,
    "difference": SHORT,
    "page_picture": SHORT,
    "facts": SHORT,
    "fact": SHORT,
    "conflicts": SHORT,
    "decide": SHORT,
    "failures": SHORT,
    "dismiss": SHORT,
    "state": SHORT,
    "activity": SHORT,
    "samples": SHORT,
    "remove": SHORT,
    "forget": SHORT,
    "backup": SHORT,
    "ingest_upload": SHORT,
    "ingest": LONG,
    "restore": LONG,
}
# Those that tell a callback `progress` how far they are.
TELLING = frozenset({"ingest"})
