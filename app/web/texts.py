"""Bodies of the help, legal and login pages, from the settings and the string tables."""

from __future__ import annotations

import re

from app import __version__
from app.web.frame import Frame
from app.web.markup import esc

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_STATES = ("answered", "partial", "corrected", "ambiguous", "no_evidence")


def prose(text: str) -> str:
    """Plain text as HTML: paragraphs, `# ` headings, `- ` lists; addresses become links."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        if lines and lines[0].startswith("#"):
            blocks.append(f"<h2>{_inline(lines.pop(0).lstrip('# '))}</h2>")
        if lines and all(line.startswith("- ") for line in lines):
            blocks.append(f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>")
        elif lines:
            blocks.append(f"<p>{'<br>'.join(map(_inline, lines))}</p>")
    return "".join(blocks)


def _inline(line: str) -> str:
    return _LINK.sub(_anchor, esc(line))


def _anchor(match: re.Match[str]) -> str:
    target = match[0] if match[0].startswith("http") else f"mailto:{match[0]}"
    return f'<a href="{target}" rel="noopener noreferrer">{match[0]}</a>'


def imprint_html(frame: Frame) -> str:
    """The imprint, or that there is none."""
    return _titled(frame, "imprint", prose(frame.settings.imprint))


def privacy_html(frame: Frame) -> str:
    """The privacy notice, and what the application does technically."""
    t, settings = frame.t, frame.settings
    log = t("privacy_log", days=settings.retention_days) if settings.log_questions else t("privacy_no_log")
    feedback = t("privacy_feedback", days=settings.retention_days)
    facts = [log, feedback, t("privacy_memo"), t("privacy_session"), t("privacy_cookie"), t("privacy_foreign")]
    return _titled(frame, "privacy", prose(settings.privacy)) + _facts(t("privacy_facts"), facts)


def accessibility_html(frame: Frame) -> str:
    """The accessibility statement, and what the application brings along."""
    t, settings = frame.t, frame.settings
    facts = [t("accessibility_keyboard"), t("accessibility_reader"), t("accessibility_zoom")]
    if settings.contact:
        facts.append(t("accessibility_contact", contact=settings.contact))
    return _titled(frame, "accessibility", prose(settings.accessibility)) + _facts(t("accessibility_facts"), facts)


def help_html(frame: Frame) -> str:
    """How to ask, how to read an answer, what it does not do, whom to ask."""
    t, settings = frame.t, frame.settings
    states = "".join(f"<dt>{esc(t(f'status_{s}'))}</dt><dd>{esc(t(f'help_status_{s}'))}</dd>" for s in _STATES)
    contact = prose(settings.contact) or f"<p>{esc(t('help_contact_missing'))}</p>"
    return (
        f"<h1>{esc(t('help_title'))}</h1>{_section(frame, 'ask')}{_section(frame, 'answer')}"
        f"<h2>{esc(t('help_status_title'))}</h2><dl>{states}</dl><p>{esc(t('help_mode'))}</p>{_section(frame, 'date')}"
        f"{_section(frame, 'register')}"
        f"<h2>{esc(t('help_limits_title'))}</h2><p>{esc(t('help_limits', page=t('docs_title')))}</p>"
        f"<h2>{esc(t('help_contact_title'))}</h2>{contact}"
        f'<p class="klein">{esc(t("help_about", title=settings.title, version=__version__))}</p>'
    )


def login_html(frame: Frame, message: str = "", target: str = "") -> str:
    """The login form, with the reason why the last attempt failed."""
    t = frame.t
    alert = f'<p class="vermerk fehler" role="alert">{esc(message)}</p>' if message else ""
    return (
        f"<h1>{esc(t('login_title'))}</h1><p>{esc(t('login_lead'))}</p>{alert}"
        f'<form method="post" action="{frame.link("/anmelden")}" class="anmeldung">'
        f'<input type="hidden" name="ziel" value="{esc(target)}">'
        f'<label for="name">{esc(t("login_name"))}</label>'
        f'<input id="name" name="name" autocomplete="username" aria-describedby="name-hinweis">'
        f'<p class="klein" id="name-hinweis">{esc(t("login_name_info"))}</p>'
        f'<label for="password">{esc(t("login_password"))}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required>'
        f'<button type="submit" class="haupt-knopf">{esc(t("login_send"))}</button></form>'
    )


def _titled(frame: Frame, name: str, text: str) -> str:
    missing = f'<p class="vermerk">{esc(frame.t(f"{name}_missing"))}</p>'
    return f"<h1>{esc(frame.t(f'{name}_title'))}</h1>{text or missing}"


def _facts(title: str, facts: list[str]) -> str:
    return f"<h2>{esc(title)}</h2><ul>{''.join(f'<li>{_inline(fact)}</li>' for fact in facts)}</ul>"


def _section(frame: Frame, name: str) -> str:
    return f"<h2>{esc(frame.t(f'help_{name}_title'))}</h2><p>{esc(frame.t(f'help_{name}'))}</p>"
