"""What maintainers decide about a statement: the buttons in a row, the form on its page, and the words for both."""

from __future__ import annotations

import datetime

from app.register.rows import Row
from app.web.markup import esc
from app.web.register.query import Query
from app.web.register.words import labels, value_words
from app.web.strings import Strings
from index.register import Decision
from ingest.data import load as vocabulary

# How a session without a name of its own is called; see `app.access`.
_UNNAMED = ("link", "token")
DECIDE = "/entscheiden"


def who_words(who: str, t: Strings) -> str:
    """The name of a maintainer; for the one-time link and the key of the folder, that they were used."""
    return t(f"register_who_{who}") if who in _UNNAMED else who


def moment_words(iso: str, t: Strings) -> str:
    """A stored moment as day and time of this server's clock."""
    try:
        moment = datetime.datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    day = t("day_format", year=moment.year, month=moment.month, day=moment.day, name=t.month(moment.month))
    return t("register_moment", day=day, time=f"{moment:%H:%M}")


def review_words(decision: Decision, t: Strings) -> str:
    """»von …, am …: Vermerk«, without the verb."""
    words = t("register_by", who=who_words(decision.who, t), moment=moment_words(decision.decided, t))
    return f"{words}: {decision.note}" if decision.note else words


def quick_html(row: Row, address: str, query: Query, t: Strings) -> str:
    """The two decisions that need no second thought, and the way to all of them."""
    name = f"{row.fact.subject}, {value_words(row.fact, t) or t(f'register_kind_{row.fact.kind}')}"
    decided = row.decision.action if row.decision else ""
    actions = ["reset"] if row.hidden else [a for a in ("confirm", "hide") if a != decided]
    buttons = "".join(
        f'<button type="submit" name="aktion" value="{action}" '
        f'aria-label="{esc(t("register_do_label", action=t(f"register_do_{action}"), name=name))}">'
        f"{esc(t(f'register_do_{action}'))}</button>"
        for action in actions
    )
    return (
        f'<form method="post" action="{esc(address)}{DECIDE}" class="aktionen">'
        f'<input type="hidden" name="zurueck" value="{esc(query.address(t, page=query.page))}">{buttons}'
        f'<a href="{esc(address)}#pruefung" aria-label="{esc(t("register_more_label", name=name))}">'
        f"{esc(t('register_more'))}</a></form>"
    )


def review_form(row: Row, address: str, t: Strings, message: str = "") -> str:
    """The form of a statement's page: one choice, what it needs, one button; Enter never decides by accident."""
    alert = f'<p class="vermerk fehler" role="alert">{esc(message)}</p>' if message else ""
    decided = row.decision is not None and row.decision.action != "reset"
    actions = ("confirm", "correct", "hide", "source_wrong", *(("reset",) if decided else ()))
    radios = "".join(
        f'<p><input type="radio" name="aktion" id="aktion-{a}" value="{a}" required '
        f'aria-describedby="aktion-{a}-info"><span><label for="aktion-{a}">{esc(t(f"register_do_{a}"))}</label> '
        f'<span class="klein" id="aktion-{a}-info">{esc(t(f"register_info_{a}"))}</span></span></p>'
        for a in actions
    )
    return (
        f'<form method="post" action="{esc(address)}{DECIDE}" class="pruefung" id="pruefung">'
        f"<h2>{esc(t('register_review'))}</h2>{alert}"
        f"<fieldset><legend>{esc(t('register_decision'))}</legend>{radios}</fieldset>"
        f"<fieldset><legend>{esc(t('register_correction'))}</legend>{_correction(row, t)}</fieldset>"
        f'<label for="vermerk">{esc(t("register_note"))}</label>'
        f'<textarea id="vermerk" name="vermerk" rows="2" maxlength="1000"></textarea>'
        f'<button type="submit" class="haupt-knopf">{esc(t("register_save"))}</button></form>'
    )


def _correction(row: Row, t: Strings) -> str:
    """Fields with the present value, as people write it."""
    fact = row.fact
    value = fact.value if fact.value is not None else ""
    shown = value_words(fact, t) if isinstance(value, str) else format(value, "").replace(".", _comma(t))
    known = sorted({*vocabulary("quantities")["qualifiers"].values(), *([fact.qualifier] if fact.qualifier else [])})
    words = labels("qualifier", t)
    options = "".join(
        f'<option value="{esc(q)}"{" selected" if q == (fact.qualifier or "") else ""}>'
        f"{esc(words.get(q, q) or '–')}</option>"
        for q in ("", *known)
    )
    return (
        f'<label for="wert">{esc(t("register_col_value"))}</label><input id="wert" name="wert" value="{esc(shown)}">'
        f'<label for="zusatz">{esc(t("register_qualifier"))}</label>'
        f'<select id="zusatz" name="zusatz">{options}</select>'
        f'<label for="neuer-stand">{esc(t("register_col_as_of"))}</label>'
        f'<input id="neuer-stand" name="stand" value="{esc(_typed(fact.as_of, t))}" '
        f'placeholder="{esc(t("ask_as_of_placeholder"))}">'
    )


def _comma(t: Strings) -> str:
    return "," if t.lang == "de" else "."


def _typed(iso: str | None, t: Strings) -> str:
    """A date as a person types it in this language."""
    if not iso or t.lang != "de":
        return iso or ""
    return ".".join(reversed(iso.split("-")))


def decided_words(row: Row, t: Strings) -> str:
    """What a decision made of a statement, in a sentence."""
    action = row.decision.action if row.decision else "reset"
    name = ": ".join(part for part in (row.fact.subject, value_words(row.fact, t)) if part)
    return t(f"register_said_{action}", name=name)
