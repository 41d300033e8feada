"""The part of the HTTP API about the register: rows, contradictions, decisions of maintainers."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.api_base import Changing, Current, Seeing
from app.api_documents import router  # with its routes
from app.register.export import to_csv
from app.register.register import NOTE_LIMIT
from app.register.rows import review_json
from index.register import Action

__all__ = ["router"]

# Who decided where only the token of the data folder was shown; pages put words in its place.
BY_TOKEN = "token"
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
Name = Annotated[str | None, Query(max_length=200)]


class ReviewBody(BaseModel):
    """A decision; `change` holds corrected fields: subject, value, unit, qualifier, as_of."""

    model_config = ConfigDict(extra="ignore")

    action: Action
    note: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)] = ""
    change: dict[str, str | int | float | None] = {}


@router.get("/v1/facts", summary="Das Register: Angaben nach Art, Ort und Messgröße, auch als CSV")
def facts(
    service: Current,
    kind: Name = None,
    place: Name = None,
    as_of: Annotated[str | None, Query(pattern=_DATE)] = None,
    measure: Name = None,
    format: Literal["json", "csv"] = "json",
) -> Response:
    """Rows of the register; CSV begins with a byte order mark, so that spreadsheet programs read it as UTF-8."""
    rows = service.assistant.facts(kind=kind, measure=measure, place=place, as_of=as_of)
    if format == "csv":
        headers = {"Content-Disposition": 'attachment; filename="register.csv"'}
        return Response(to_csv(rows, bom=True), media_type="text/csv; charset=utf-8", headers=headers)
    return JSONResponse([row.to_json() for row in rows])


@router.get("/v1/conflicts", summary="Angaben verschiedener Dokumente, die nicht zugleich stimmen können")
def conflicts(service: Current) -> JSONResponse:
    """Contradictions, the weightiest source first in each."""
    return JSONResponse([conflict.to_json() for conflict in service.assistant.conflicts()])


@router.get(
    "/v1/facts/{id}/reviews", summary="Alle Entscheidungen über eine Angabe, älteste zuerst", dependencies=Seeing
)
def reviews(id: str, service: Current) -> JSONResponse:
    """What maintainers decided about a row."""
    _, history = service.assistant.fact(id)
    return JSONResponse([review_json(decision) for decision in history])


@router.post(
    "/v1/facts/{id}/review", summary="Eine Angabe bestätigen, berichtigen oder ausblenden", dependencies=Changing
)
def review(id: str, body: ReviewBody, request: Request, service: Current) -> JSONResponse:
    """Note a decision; the row as it is now."""
    session = service.session(request)
    who = session.name if session is not None else BY_TOKEN
    row = service.assistant.decide(id, body.action, who=who, note=body.note, change=body.change)
    return JSONResponse(row.to_json())
