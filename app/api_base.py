"""What all routes of the HTTP API share: their router, the running service, and who may do what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException

from app.web.security import bearer
from app.web.service import Service, client_address

router = APIRouter(prefix="/api")


def current_service(request: Request) -> Service:
    """The parts of the running server."""
    service: Service = request.app.state.service
    return service


Current = Annotated[Service, Depends(current_service)]


class NotAllowed(HTTPException):
    """A call without the right to it."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            401,
            detail
            or "Dieser Aufruf ändert etwas und braucht den Zugangsschlüssel des Datenordners oder eine Anmeldung.",
            {"WWW-Authenticate": "Bearer"},
        )


def has_right(request: Request, service: Service) -> bool:
    """Whether the caller shows the token of the data folder, or has a session. Raises TooManyFailures."""
    token = bearer(request.headers)
    if token is not None:
        return service.access.check_token(token, client_address(request))
    return service.session(request) is not None


def may_change(request: Request, service: Current) -> None:
    """Lets a changing call through. Raises NotAllowed, TooManyFailures."""
    if not has_right(request, service):
        raise NotAllowed


def sees_all(request: Request, service: Service) -> bool:
    """Whether withdrawn documents and files that failed are shown: to this machine, and to those who may change."""
    return service.loopback or has_right(request, service)


def may_see_all(request: Request, service: Current) -> None:
    """Lets a call through that shows more than answers do. Raises NotAllowed, TooManyFailures."""
    if not sees_all(request, service):
        raise NotAllowed("Das zeigt die Auskunft nur mit dem Zugangsschlüssel des Datenordners oder nach Anmeldung.")


Changing = [Depends(may_change)]
Seeing = [Depends(may_see_all)]
