"""The page of the collection: upload, files that could not be read, filterable table, withdrawal and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.frame import Frame
from app.web.markup import esc
from app.web.table import table_html
from app.web.uploading import failures_html, running_html, upload_html
from index.failures import FailedFile
from index.report import Progress
from index.rows import Summary


@dataclass(frozen=True, slots=True)
class Collection:
    """What the page tells: `documents`, those that were `withdrawn` as far as the reader may see them, and the rest."""

    documents: Sequence[Summary]
    withdrawn: Sequence[Summary] = ()
    failures: Sequence[FailedFile] = ()
    running: Progress | None = None
    show_withdrawn: bool = False

    @property
    def shown(self) -> list[Summary]:
        """The rows of the table."""
        return [*self.documents, *(self.withdrawn if self.show_withdrawn else ())]


def documents_html(found: Collection, frame: Frame, loopback: bool) -> str:
    """The whole page body. The script of the page renews the parts with an id after each change."""
    t = frame.t
    lead = t("docs_lead", count=len(found.documents)) if found.documents else t("docs_lead_none")
    change = upload_html(frame) if frame.signed_in else _read_only(frame, loopback)
    table = table_html(found.shown, frame) if found.shown else ""
    return (
        f'<h1>{esc(t("docs_title"))}</h1><p id="umfang">{esc(lead)}</p>{change}{running_html(found.running, frame)}'
        f"{failures_html(found.failures, frame)}{_filter(frame)}"
        f'<div id="sammlung">{table}{_withdrawn(found, frame)}</div>{_dialog(frame) if frame.signed_in else ""}'
    )


def _read_only(frame: Frame, loopback: bool) -> str:
    t = frame.t
    why = t("docs_readonly_local" if loopback else "docs_readonly_public")
    link = f'<a href="{frame.link("/anmelden")}?ziel={frame.link("/dokumente")}">{esc(t("login"))}</a>'
    return f'<p class="vermerk" id="nur-lesen"><strong>{esc(t("docs_readonly_title"))}.</strong> {esc(why)} {link}</p>'


def _filter(frame: Frame) -> str:
    t = frame.t
    return (
        f'<div class="filter"><label for="filter">{esc(t("docs_filter"))}</label>'
        f'<input type="search" id="filter" placeholder="{esc(t("docs_filter_placeholder"))}" autocomplete="off">'
        f'<p id="treffer" role="status"></p></div>'
    )


def _withdrawn(found: Collection, frame: Frame) -> str:
    """Shows or hides the withdrawn documents; nothing where there are none, or the reader may not see them."""
    path, t = frame.link("/dokumente"), frame.t
    if not found.withdrawn:
        return ""
    if found.show_withdrawn:
        return f'<p><a href="{path}">{esc(t("docs_withdrawn_hide"))}</a></p>'
    return f'<p><a href="{path}?zurueckgezogen=1">{esc(t("docs_withdrawn_show", count=len(found.withdrawn)))}</a></p>'


def _dialog(frame: Frame) -> str:
    """One dialog for all that needs a second thought; its script fills in what is asked."""
    return (
        '<dialog id="bestaetigen" aria-labelledby="bestaetigen-titel" aria-describedby="bestaetigen-text">'
        '<h2 id="bestaetigen-titel"></h2><div id="bestaetigen-text"></div>'
        f'<form method="dialog"><button value="nein">{esc(frame.t("docs_cancel"))}</button>'
        '<button value="ja" class="haupt-knopf"></button></form></dialog>'
    )
