"""What stands around an empty conversation: title, state of the collection, sample questions."""

from __future__ import annotations

import logging

from app.web.dates import show_date
from app.web.frame import Frame
from app.web.markup import esc
from app.web.service import Service
from ingest.errors import AuskunftError

_log = logging.getLogger("auskunft.web")


def start_html(service: Service, frame: Frame) -> str:
    """Title and one line about the collection; if it is empty, what to do."""
    t = frame.t
    try:
        state = service.assistant.state()
    except AuskunftError as error:
        hint = f"<p>{esc(error.hint)}</p>" if error.hint else ""
        label = esc(t("error_title"))
        return f'<section class="start leer" aria-label="{label}"><h1>{esc(error.message)}</h1>{hint}</section>'
    noscript = f'<noscript><p class="vermerk">{esc(t("ask_noscript"))}</p></noscript>'
    if not state.documents:
        return _empty(frame) + noscript
    newest = t("ask_newest", date=show_date(state.newest, t)) if state.newest else ""
    lead = t("ask_lead", count=state.documents, newest=newest)
    return (
        f'<section class="start" aria-labelledby="titel"><h1 id="titel">{esc(t("ask_title"))}</h1>'
        f"<p>{esc(lead)}</p>{noscript}</section>"
    )


def _empty(frame: Frame) -> str:
    t = frame.t
    link = f'<a href="{frame.link("/dokumente")}">{esc(t("docs_title"))}</a>'
    before, _, after = t("empty_web", page="\0").partition("\0")
    return (
        f'<section class="start leer" aria-labelledby="titel"><h1 id="titel">{esc(t("empty_title"))}</h1>'
        f"<p>{esc(t('empty_text'))}</p><ul><li>{esc(before)}{link}{esc(after)}</li>"
        f"<li>{esc(t('empty_cli'))} <code>auskunft ingest ORDNER</code></li></ul></section>"
    )


def samples_html(service: Service, frame: Frame) -> str:
    """Sample questions by persona; nothing while there is nothing to ask about."""
    t = frame.t
    try:
        samples = service.assistant.samples(t.lang) if service.assistant.state().documents else {}
    except AuskunftError as error:
        _log.warning("no sample questions: %s", error)
        return ""
    if not samples:
        return ""
    groups = "".join(
        f"<div><h3>{esc(persona)}</h3><ul>{''.join(_sample(q) for q in questions)}</ul></div>"
        for persona, questions in samples.items()
    )
    return (
        f'<section id="beispiele" class="beispiele" aria-labelledby="beispiele-titel">'
        f'<h2 id="beispiele-titel">{esc(t("samples_title"))}</h2><div class="gruppen">{groups}</div></section>'
    )


def _sample(question: str) -> str:
    return f'<li><button type="button" class="fragen">{esc(question)}</button></li>'
