"""The parts of the documents page about reading: the form for files, the ingest that runs, files that failed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from app.web.dates import show_date
from app.web.frame import Frame
from app.web.markup import esc
from index.failures import FailedFile
from index.report import Progress


@cache
def readable() -> tuple[str, ...]:
    """The suffixes of all files that are read, archives included; asked by the first page that needs them."""
    from index.ingestor import READABLE  # and with it the readers of all formats

    return tuple(sorted(READABLE))


def upload_html(frame: Frame) -> str:
    """The form, with a place for one result a file."""
    t = frame.t
    hint = t("docs_upload_hint", formats=", ".join(readable()))
    return (
        f'<section class="hochladen" aria-labelledby="hochladen-titel">'
        f'<h2 id="hochladen-titel">{esc(t("docs_upload_title"))}</h2>'
        f'<p class="klein">{esc(t("docs_signed_in"))}</p><form id="hochladen">'
        f'<label for="dateien">{esc(t("docs_upload_label"))}</label>'
        f'<input type="file" id="dateien" name="file" multiple accept="{esc(",".join(readable()))}" '
        f'aria-describedby="dateien-hinweis"><p class="klein" id="dateien-hinweis">{esc(hint)}</p>'
        f'<button type="submit" class="haupt-knopf">{esc(t("docs_upload_send"))}</button></form>'
        f'<div id="ergebnis"></div></section>'
    )


def running_html(progress: Progress | None, frame: Frame) -> str:
    """The ingest that runs on the server; hidden while none does. The script of the page keeps it up to date."""
    t = frame.t
    done, total = (progress.done, progress.total) if progress else (0, 1)
    return (
        f'<section id="lauf-einlesen" class="einlesen" aria-labelledby="einlesen-titel"{"" if progress else " hidden"}>'
        f'<h2 id="einlesen-titel">{esc(t("docs_run_title"))}</h2>'
        f'<progress id="einlesen-balken" max="{total}" value="{done}" aria-labelledby="einlesen-titel"></progress>'
        f'<p id="einlesen-text">{esc(t("docs_run_count", done=done, total=total))}</p></section>'
    )


def failures_html(files: Sequence[FailedFile], frame: Frame) -> str:
    """Files that could not be read, each with reason and what to do; the place for them where there are none."""
    t = frame.t
    if not files:
        return '<div id="unlesbar"></div>'
    rows = "".join(_failure(file, frame) for file in files)
    return (
        f'<section id="unlesbar" class="unlesbar" aria-labelledby="unlesbar-titel">'
        f'<h2 id="unlesbar-titel" tabindex="-1">{esc(t("docs_failures_title", count=len(files)))}</h2>'
        f"<p>{esc(t('docs_failures_lead'))}</p><ul>{rows}</ul></section>"
    )


def _failure(file: FailedFile, frame: Frame) -> str:
    t = frame.t
    hint = f"<br>{esc(file.hint)}" if file.hint else ""
    since = t("docs_failures_since", date=show_date(file.since[:10], t))
    origin = file.origin.removeprefix("upload:").replace("!/", " › ")
    place = "" if origin == file.source else f"{origin} · "
    button = _dismiss(file, frame) if frame.signed_in else ""
    return (
        f'<li data-id="{esc(file.id)}" data-name="{esc(file.source)}">'
        f"<div><strong>{esc(file.source)}</strong><br>{esc(file.error)}{hint}"
        f'<br><span class="klein">{esc(place)}{esc(since)}</span></div>{button}</li>'
    )


def _dismiss(file: FailedFile, frame: Frame) -> str:
    label = frame.t("docs_dismiss_label", name=file.source)
    return f'<button type="button" class="abhaken" aria-label="{esc(label)}">{esc(frame.t("docs_dismiss"))}</button>'
