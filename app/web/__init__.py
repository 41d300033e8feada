"""Web pages and their server. Importing this package loads no web framework; `serve` does."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.assistant import Assistant

# Gradio reads this when it is imported; every module of this package comes after.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def serve(
    assistant: Assistant | Callable[[], Assistant],
    host: str | None = None,
    port: int | None = None,
    open_token_link: bool = True,
    listening: Callable[[str], None] | None = None,
) -> None:
    """Serve the web app and the HTTP API until Ctrl-C or SIGTERM.

    `assistant` may be a factory, so that slow parts start after the address was checked. Host and port come from
    the settings where None. `open_token_link` prints the one-time link that lets a browser change documents
    (loopback only); `listening` is told the address. Raises AuskunftError for an address that cannot be used.
    """
    from app.web.server import run  # gradio and fastapi take seconds to import

    run(assistant, host, port, open_token_link, listening)
