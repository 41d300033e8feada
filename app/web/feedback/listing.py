"""The list of objections that maintainers work off, and the questions that found no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.feedback.grouping import Group
from app.feedback.report import Cited, Report
from app.web.dates import show_date
from app.web.frame import Frame
from app.web.markup import document_path, esc
from app.web.register.review import moment_words, who_words
from app.web.strings import Strings

PATH = "/rueckmeldungen"
DONE, CASE = "/erledigt", "/fall.jsonl"


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page shows. `groups` is None where questions are not written down; `known`: documents still there."""

    reports: Sequence[Report]
    show_done: bool
    groups: Sequence[Group] | None
    known: frozenset[str]
    settled: str = ""


def listing_html(found: Listing, frame: Frame) -> str:
    """The whole page body."""
    t = frame.t
    said = f'<p class="vermerk" id="meldung" role="status">{esc(t("feedback_settled"))}</p>' if found.settled else ""
    rows = "".join(_report(report, found.known, t) for report in found.reports)
    address = f"{t.prefix}{PATH}" + ("" if found.show_done else "?erledigte=1")
    switch = t("feedback_hide_done") if found.show_done else t("feedback_show_done")
    none = f"<p>{esc(t('feedback_none'))}</p>"
    return (
        f"<h1>{esc(t('feedback_list_title'))}</h1>{said}"
        f"<p>{esc(t('feedback_list_lead', days=frame.settings.retention_days))} "
        f'<a href="{esc(address)}">{esc(switch)}</a></p>'
        f"{rows or none}{_groups(found.groups, t)}"
    )


def _report(report: Report, known: frozenset[str], t: Strings) -> str:
    title = f"frage-{report.id}"
    facts = [(t("feedback_said"), _said(report, t)), (t("memo_answer"), esc(report.short or t("feedback_forgotten")))]
    if report.history:
        facts.append((t("memo_history"), esc(" – ".join(report.history))))
    if report.as_of:
        facts.append((t("memo_as_of_asked"), esc(show_date(report.as_of, t))))
    if report.cited:
        links = [_cited(number, cited, known, t) for number, cited in enumerate(report.cited, start=1)]
        facts.append((t("sources_title"), "<br>".join(links)))
    rows = "".join(f"<dt>{esc(name)}</dt><dd>{markup}</dd>" for name, markup in facts)
    return (
        f'<article class="rueckmeldung" aria-labelledby="{title}"><h2 id="{title}">{esc(report.question)}</h2>'
        f'<p class="klein">{esc(moment_words(report.at, t))}</p><dl>{rows}</dl>{_actions(report, t)}</article>'
    )


def _said(report: Report, t: Strings) -> str:
    reason = f"<strong>{esc(t(f'feedback_reason_{report.reason}'))}</strong>"
    return f"{reason}<br>{esc(report.text)}" if report.text else reason


def _cited(number: int, cited: Cited, known: frozenset[str], t: Strings) -> str:
    """The place in its document, as a link while the document is there."""
    if cited.document not in known:
        return esc(f"[{number}] {cited.title}")
    address = f"{t.prefix}{document_path(cited.document)}?von={cited.start}&bis={cited.end}"
    return f'<a href="{esc(address)}">{esc(f"[{number}] {cited.title}")}</a>'


def _actions(report: Report, t: Strings) -> str:
    address = f"{t.prefix}{PATH}/{report.id}"
    case = (
        f'<a href="{address}{CASE}" aria-label="{esc(t("feedback_case_label", question=report.question))}">'
        f"{esc(t('feedback_case'))}</a>"
    )
    if report.done:
        by = t("feedback_done_by", who=who_words(report.done_by or "", t), moment=moment_words(report.done, t))
        return f'<p class="aktionen"><span class="klein">{esc(by)}</span> {case}</p>'
    label = t("feedback_done_label", question=report.question)
    return (
        f'<form method="post" action="{address}{DONE}" class="aktionen">'
        f'<button type="submit" aria-label="{esc(label)}">{esc(t("feedback_done"))}</button>{case}</form>'
    )


def _groups(groups: Sequence[Group] | None, t: Strings) -> str:
    title = f'<h2 id="unbeantwortet">{esc(t("feedback_unanswered_title"))}</h2>'
    if groups is None:
        return f"{title}<p>{esc(t('feedback_unanswered_off'))}</p>"
    if not groups:
        return f"{title}<p>{esc(t('feedback_unanswered_none'))}</p>"
    names = (t("feedback_unanswered_count"), t("feedback_unanswered_questions"), t("feedback_unanswered_last"))
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><td data-name="{esc(names[0])}">{found.count}</td>'
        f'<th scope="row">{"<br>".join(map(esc, found.questions))}</th>'
        f'<td data-name="{esc(names[2])}">{esc(show_date(found.last, t))}</td></tr>'
        for found in groups
    )
    return (
        f"{title}<p>{esc(t('feedback_unanswered_lead'))}</p>"
        f'<table class="liste" aria-labelledby="unbeantwortet"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
