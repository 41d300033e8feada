"""`auskunft eval generated`: asks questions made by the thousand, and says how they were answered."""

from __future__ import annotations

import argparse
import datetime
import json

from app.commands import DONE, FOUND
from app.commands.terminal import calm_logging, warn
from ingest.errors import InputError


def run(args: argparse.Namespace) -> int:
    """Make, ask, count; 1 where a floor is missed. Raises AuskunftError."""
    from eval.generated import report
    from eval.generated.ask import CORPORA, ask, record
    from eval.quality.run import Ours

    if args.count < len(CORPORA):
        raise InputError("Zu wenige Fragen.", f"Möglich sind mindestens {len(CORPORA)}.")
    with calm_logging():
        asked = ask(Ours(), args.count, args.seed, _progress)
    found = record(asked, args.seed, datetime.datetime.now().astimezone().isoformat(timespec="seconds"))
    text = json.dumps(found, ensure_ascii=False)
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        path = args.out / f"generated-{found['at'][:19].replace(':', '')}.json"
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        warn(f"geschrieben: {path}")
    print(text if args.json else report.table(found))
    problems = report.missed(found)
    for problem in problems:
        warn(f"Schwelle nicht erreicht: {problem}")
    return FOUND if problems else DONE


def _progress(done: int, total: int) -> None:
    if done == total or done % 100 == 0:
        warn(f"{done} von {total} Fragen")
