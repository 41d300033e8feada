"""The route of the Vermerk: the answer of an address, as a file."""

from __future__ import annotations

import datetime
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.answers import Answer
from app.memo.content import Occasion, file_stem
from app.memo.formats import FORMATS, MEDIA_TYPES, Format
from app.web.asked import Asked, read_asked
from app.web.frame import frame_of
from app.web.service import Service
from app.web.strings import LANGUAGES, strings


def memo_routes() -> APIRouter:
    """The routes, once for each language and format."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGUAGES:
        for format in FORMATS:
            router.add_api_route(f"{strings(lang).prefix}/vermerk.{format}", memo, methods=["GET"])
    return router


async def memo(request: Request) -> Response:
    """The Vermerk of what the address asks. Raises InputError, Busy."""
    service: Service = request.app.state.service
    format = next(known for known in FORMATS if request.url.path.endswith(known))
    asked = read_asked(request.query_params, frame_of(request).t.lang, datetime.date.today())
    data = await service.again(asked, partial(_written, service, asked, format))
    return memo_response(data, asked.question, format)


def _written(service: Service, asked: Asked, format: Format, answer: Answer) -> bytes:
    occasion = Occasion(
        asked.day, datetime.date.today(), asked.as_of, asked.history, service.name, asked.differs(answer)
    )
    return service.memo(answer, occasion, format)


def memo_response(data: bytes, question: str, format: Format) -> Response:
    """A file to be saved, named after the question."""
    disposition = f'attachment; filename="{file_stem(question)}.{format}"'
    return Response(data, media_type=MEDIA_TYPES[format], headers={"Content-Disposition": disposition})
