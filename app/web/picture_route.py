"""Answers a request for the picture of a page, below /quelle and below /api alike."""

from __future__ import annotations

from anyio import to_thread
from fastapi import Request
from starlette.responses import Response

from app.web.pictures import etag
from app.web.service import Service

# Browsers ask each time, and get the picture only if it is another one: what is forgotten here is not shown there.
_CACHE = "private, no-cache"


async def picture(request: Request, id: str, page: int) -> Response:
    """The PNG, or 304. Raises DocumentNotFound; InputError where there is no such page or it cannot be drawn; Busy."""
    service: Service = request.app.state.service
    document, _ = await to_thread.run_sync(service.assistant.document, id)
    headers = {"ETag": etag(document, page), "Cache-Control": _CACHE}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    data = await service.pictures.of(document, page)
    return Response(data, media_type="image/png", headers=headers)
