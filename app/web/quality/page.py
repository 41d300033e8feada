"""The route and the body of the page: what was asked when and of which documents, metrics, groups, questions."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.dates import show_date
from app.web.frame import Frame, frame_of, page
from app.web.markup import esc
from app.web.quality.cases import PATH, Query, cases_html, read_query
from app.web.quality.figures import groups_html, metrics_html, name_of, number, percent
from app.web.quality.stored import Missed, Run, newest_run
from app.web.service import Service
from app.web.strings import LANGUAGES, Strings, strings

COMMAND = "auskunft eval --keep"


def quality_routes() -> APIRouter:
    """The route, once for each language."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGUAGES:
        router.add_api_route(strings(lang).prefix + PATH, quality, methods=["GET"])
    return router


def quality(request: Request) -> Response:
    """The newest run, or how to make one."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    run = newest_run(service.settings.data)
    if run is None:
        body = empty_html(frame)
    else:
        known = {row.id for row in service.assistant.documents()}
        body = quality_html(run, read_query(request.query_params), known, frame)
    return page(frame, frame.t("quality_title"), body, styles=("quality.css",))


def empty_html(frame: Frame) -> str:
    """What there would be to see, and how to get it."""
    t = frame.t
    return (
        f'<div class="qualitaet"><h1>{esc(t("quality_title"))}</h1><div class="leer"><p>{esc(t("quality_empty"))}</p>'
        f'<p>{esc(t("quality_how"))}</p><pre class="code" tabindex="0">{COMMAND}</pre></div></div>'
    )


def quality_html(run: Run, query: Query, known: Collection[str], frame: Frame) -> str:
    """The whole body."""
    t = frame.t
    cases = cases_html(run, query, known, frame)
    return (
        f'<div class="qualitaet"><h1>{esc(t("quality_title"))}</h1>{_lead(run, t)}{_missed(run, t)}'
        f"{metrics_html(run, frame)}{groups_html(run, frame)}{cases}{_spec(run, t)}</div>"
    )


def _lead(run: Run, t: Strings) -> str:
    right = sum(case.right for case in run.cases)
    day, hour = show_date(run.at[:10], t), run.at[11:16]
    lines = [
        t("quality_collection", title=one.title[t.lang], documents=one.documents, questions=one.questions)
        for one in run.collections
    ]
    asked = "".join(f"<li>{esc(line)}</li>" for line in lines)
    jump = f'<a href="#fragen">{esc(t("quality_jump"))}</a>'
    return (
        f"<p>{esc(t('quality_lead', right=right, total=len(run.cases), day=day, hour=hour))} {jump}</p>"
        f'<div class="gefragt"><p><strong>{esc(t("quality_asked"))}</strong></p><ul>{asked}</ul>'
        f'<p class="klein">{esc(t("quality_set", name=run.set))}</p></div>'
    )


def _missed(run: Run, t: Strings) -> str:
    rows = "".join(f"<li>{esc(_limit(one, t))}</li>" for one in run.missed)
    return f'<div class="vermerk"><p>{esc(t("quality_missed"))}</p><ul>{rows}</ul></div>' if rows else ""


def _limit(one: Missed, t: Strings) -> str:
    limit = number(one.limit, 2, t) if one.metric == "crag" else percent(one.limit, t)
    return t("quality_at_most" if one.most else "quality_at_least", name=name_of(one.metric, t), limit=limit)


def _spec(run: Run, t: Strings) -> str:
    rows = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in run.spec.items())
    return (
        f"<details><summary>{esc(t('quality_spec'))}</summary><dl>{rows}</dl></details>"
        f'<p class="klein">{esc(t("quality_again"))} <code>{COMMAND}</code></p>'
    )
