"""The part of the HTTP API about the collection: documents, their versions and pages, ingest, files that failed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from app.answers import document_json, summary_json
from app.api_base import Changing, Current, NotAllowed, Seeing, router, sees_all
from app.web.picture_route import picture
from app.web.problems import problem
from index.report import Progress
from ingest.errors import DocumentNotFound, InputError

__all__ = ["router"]


@router.get("/v1/documents", summary="Alle Dokumente")
def documents(request: Request, service: Current, withdrawn: bool = False) -> JSONResponse:
    """All documents, without their text; those that were withdrawn, too, if asked for."""
    if withdrawn and not sees_all(request, service):
        raise NotAllowed("Zurückgezogene Dokumente zeigt die Auskunft nur mit Zugangsschlüssel oder nach Anmeldung.")
    return JSONResponse([summary_json(row) for row in service.assistant.documents(withdrawn=withdrawn)])


@router.post("/v1/documents", summary="Dateien einlesen", dependencies=Changing)
async def upload(files: Annotated[list[UploadFile], File(alias="file")], service: Current) -> JSONResponse:
    """Take files in (multipart field `file`, repeatable); one report for all."""
    report: dict[str, Any] = {}
    for file in files:
        _merge(report, await service.upload(file.filename or "", file.file))
    return JSONResponse(report)


@router.get("/v1/documents/{id}", summary="Ein Dokument mit Text, Seiten und Abschnitten")
def document(id: str, service: Current) -> JSONResponse:
    """One document with its full text."""
    found, passages = service.assistant.document(id)
    return JSONResponse(document_json(found, passages))


@router.delete(
    "/v1/documents/{id}",
    summary="Ein Dokument zurückziehen; mit »forget=true« endgültig löschen",
    dependencies=Changing,
)
async def remove(id: str, service: Current, forget: bool = False) -> JSONResponse:
    """Withdraw one document, or delete it for good."""
    if forget:
        return JSONResponse({"forgotten": await service.forget(id)})
    return JSONResponse({"removed": await service.remove(id)})


@router.get("/v1/documents/{id}/versions", summary="Ein Dokument und seine Korrekturen, älteste zuerst")
def versions(id: str, service: Current) -> JSONResponse:
    """The chain of corrections, without texts."""
    return JSONResponse([summary_json(row) for row in service.assistant.versions(id)])


@router.get("/v1/documents/{id}/difference", summary="Was eine Korrektur geändert hat, Satz für Satz")
def difference(id: str, service: Current) -> JSONResponse:
    """Each sentence with `same`, `removed` or `added`."""
    found = service.assistant.difference(id)
    if found is None:
        raise DocumentNotFound("Dieses Dokument ersetzt kein anderes.", "Die Kette der Fassungen nennt …/versions.")
    return JSONResponse(found.to_json())


@router.get("/v1/documents/{id}/pages/{page}.png", summary="Eine Seite als Bild (PDF), gezählt ab 1")
async def page_picture(request: Request, id: str, page: int) -> Response:
    """The page as PNG; boxes of the text are in points from its lower left corner."""
    try:
        return await picture(request, id, page)
    except InputError as error:
        return problem(404, error.message, error.hint)


@router.get("/v1/ingest", summary="Wird gerade eingelesen, und wie weit?")
def ingest(service: Current) -> JSONResponse:
    """Progress of the present ingest."""
    return JSONResponse(progress_json(service.assistant.activity()))


@router.get("/v1/failures", summary="Dateien, die nicht gelesen werden konnten", dependencies=Seeing)
def failures(service: Current) -> JSONResponse:
    """Each with reason and hint."""
    return JSONResponse([file.to_json() for file in service.assistant.failures()])


@router.delete("/v1/failures/{id}", summary="Eine Datei nicht mehr zeigen, bis sie sich ändert", dependencies=Changing)
def dismiss(id: str, service: Current) -> JSONResponse:
    """Stop listing a failed file."""
    return JSONResponse({"dismissed": [file.id for file in service.assistant.dismiss([id])]})


def progress_json(progress: Progress | None) -> dict[str, Any]:
    """`running`, and if so: files done and in total, the last file, seconds, files a second, seconds left."""
    if progress is None:
        return {"running": False}
    return {
        "running": True,
        "done": progress.done,
        "total": progress.total,
        "source": progress.source,
        "seconds": round(progress.seconds, 1),
        "rate": round(progress.rate, 3),
        "remaining": None if progress.remaining is None else round(progress.remaining, 1),
    }


def _merge(report: dict[str, Any], other: dict[str, Any]) -> None:
    """Add one ingest report to another: lists are joined, counts and seconds summed."""
    for key, value in other.items():
        report[key] = report[key] + value if key in report else value
