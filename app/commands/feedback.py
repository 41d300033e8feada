"""`feedback`: objections to answers, and questions that found none."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, assistant_of, settings_of
from app.commands.terminal import wrapped, write_json, write_text
from app.commands.who import user

if TYPE_CHECKING:
    from app.feedback.grouping import Group
    from app.feedback.report import Report
    from app.feedback.store import Feedback


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("feedback", help="Meldungen, dass eine Antwort nicht stimmt")
    parser.description = (
        "Zeigt offene Meldungen zu Antworten und, wo Fragen gespeichert werden, unbeantwortete Fragen in Gruppen."
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--done", nargs="+", metavar="KENNUNG", help="als erledigt vermerken")
    choice.add_argument(
        "--case", metavar="KENNUNG", help="als Prüffall ausgeben: eine Zeile JSON für eval/data, noch zu ergänzen"
    )
    parser.add_argument("--json", action="store_true", help="als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List, settle, or print a case; 1 if objections still wait. Raises AuskunftError."""
    from app.feedback.store import Feedback

    settings = settings_of(args)
    feedback = Feedback(settings)
    if args.case is not None:
        return _print_case(args, feedback)
    if args.done:
        settled = [feedback.settle(report.id, user()) for report in map(feedback.report, args.done)]
        if args.json:
            write_json([report.to_json() for report in settled])
        else:
            print("\n".join(wrapped(report.question, "Erledigt: ") for report in settled))
        return DONE
    from app.feedback.grouping import group
    from app.web.questionlog import QuestionLog

    reports, groups = feedback.reports(), group(QuestionLog(settings, prune=False).unanswered())
    if args.json:
        write_json({"reports": [r.to_json() for r in reports], "unanswered": [g.to_json() for g in groups]})
    else:
        print("\n\n".join([_listed(reports), *([_grouped(groups)] if groups else [])]))
    return FOUND if reports else DONE


def _print_case(args: argparse.Namespace, feedback: Feedback) -> int:
    from app.feedback.case import case_line

    report = feedback.report(args.case)
    with assistant_of(args) as assistant:
        write_text(f"{case_line(report, lambda id: assistant.document(id)[0])}\n")
    return DONE


def _listed(reports: list[Report]) -> str:
    return "\n".join(map(_entry, reports)) or "Keine offenen Meldungen."


def _entry(report: Report) -> str:
    from app.register.wording import shown_date
    from app.web.strings import strings

    t = strings("de")
    blank = " " * (len(report.id) + 2)
    facts = [shown_date(report.at[:10]), t(f"feedback_reason_{report.reason}"), report.text]
    lines = [
        wrapped(report.question, f"{report.id}  "),
        wrapped(" · ".join(filter(None, facts)), blank),
        wrapped(report.short, f"{blank}→ ") if report.short else "",
        wrapped(", ".join(dict.fromkeys(cited.source for cited in report.cited)), blank) if report.cited else "",
    ]
    return "\n".join(filter(None, lines))


def _grouped(groups: list[Group]) -> str:
    lines = ["Unbeantwortete Fragen"]
    for found in groups:
        lines.append(wrapped(found.questions[0], f"{found.count:4}× ", " " * 6))
        lines += [wrapped(question, " " * 6) for question in found.questions[1:]]
    return "\n".join(lines)
