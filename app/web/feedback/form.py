"""The form under an answer: what is said to be wrong with it. It works without scripts, as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.answers import Answer
from app.feedback.report import OBJECTIONS, REFUSED
from app.feedback.store import TEXT_LIMIT
from app.web.asked import Asked
from app.web.markup import esc
from app.web.strings import Strings

PATH = "/rueckmeldung"


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody sent; `problem` says what is missing, in the reader's language."""

    reason: str = ""
    text: str = ""
    problem: str = ""


def reasons_for(answer: Answer) -> tuple[str, ...]:
    """What can be wrong with this answer."""
    return REFUSED if answer.status == "no_evidence" else OBJECTIONS


def read_objection(form: Mapping[str, str], answer: Answer, t: Strings) -> Objection:
    """The objection of a form."""
    reason, text = form.get("grund", ""), form.get("text", "").strip()[:TEXT_LIMIT]
    if reason not in reasons_for(answer):
        return Objection("", text, t("feedback_no_reason"))
    if reason == "other" and not text:
        return Objection(reason, text, t("feedback_text_needed"))
    return Objection(reason, text)


def form_html(asked: Asked, answer: Answer, days: int, t: Strings, sent: Objection | None = None) -> str:
    """Question, short answer, reasons, room for words, and what becomes of it."""
    sent = sent or Objection()
    alert = f'<p class="vermerk fehler" role="alert">{esc(sent.problem)}</p>' if sent.problem else ""
    hidden = "".join(f'<input type="hidden" name="{name}" value="{esc(value)}">' for name, value in asked.pairs())
    radios = "".join(_radio(reason, reason == sent.reason, t) for reason in reasons_for(answer))
    return (
        f"{_title(t('feedback_title'))}"
        f'<p class="gefragt"><strong>{esc(answer.question)}</strong><br>{esc(answer.short)}</p>{alert}'
        f'<form method="post" action="{t.prefix}{PATH}" class="meldung-formular">{hidden}'
        f"<fieldset><legend>{esc(t('feedback_reason'))}</legend>{radios}</fieldset>"
        f'<label for="meldung-text">{esc(t("feedback_text"))}</label>'
        f'<textarea id="meldung-text" name="text" rows="4" maxlength="{TEXT_LIMIT}" '
        f'aria-describedby="meldung-hinweis">{esc(sent.text)}</textarea>'
        f'<p class="klein" id="meldung-hinweis">{esc(t("feedback_stored", days=days))}</p>'
        f'<button type="submit" class="haupt-knopf">{esc(t("feedback_send"))}</button></form>'
    )


def thanks_html(t: Strings) -> str:
    """That it was stored."""
    return f'{_title(t("feedback_thanks"))}<p role="status">{esc(t("feedback_thanks_text"))}</p>'


def problem_html(message: str, hint: str, t: Strings) -> str:
    """That it was not, and why."""
    return f'{_title(t("error_title"))}<p class="vermerk fehler" role="alert">{esc(message)} {esc(hint)}</p>'


def _title(text: str) -> str:
    """The heading; in the panel beside an answer it takes the focus."""
    return f'<h2 id="quelle-titel" tabindex="-1">{esc(text)}</h2>'


def panel_part(body: str, t: Strings) -> str:
    """The same in the panel beside the answer, with the button that closes it."""
    return (
        f'<div class="leiste"><span class="nr"></span><button type="button" class="zu">{esc(t("source_close"))}'
        f"</button></div>{body}"
    )


def page_part(body: str) -> str:
    """The same as a page of its own: its heading is the first."""
    return body.replace('<h2 id="quelle-titel"', '<h1 id="quelle-titel"', 1).replace("</h2>", "</h1>", 1)


def _radio(reason: str, chosen: bool, t: Strings) -> str:
    mark = " checked" if chosen else ""
    return (
        f'<p><input type="radio" name="grund" id="grund-{reason}" value="{reason}" required{mark}>'
        f'<label for="grund-{reason}">{esc(t(f"feedback_reason_{reason}"))}</label></p>'
    )
