"""`auskunft eval`: how right the answers are, by the cases of a set. Joins the command line by an entry point."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, settings_of
from app.commands.terminal import calm_logging, warn

if TYPE_CHECKING:
    from eval.quality.cases import Case
    from eval.quality.run import Answerer

SETS = ("dev", "dev-2", "dev-3", "held-out", "held-out-2")


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("eval", help="messen, wie gut die Antworten sind")
    parser.description = "Stellt die Fragen eines Satzes von Fällen und vergleicht die Antworten mit dem Richtigen."
    add = parser.add_argument
    add(
        "action", nargs="?", choices=["run", "check", "generated"], default="run", metavar="check|generated",
        help="check: nur die Fälle prüfen; generated: Fragen erzeugen und stellen",
    )  # fmt: skip
    add("--set", default="dev", metavar="SATZ", help=f"{', '.join(SETS)} oder eine Datei mit Fällen (sonst dev)")
    add("--compare", type=Path, metavar="LAUF", help="mit einem früheren Lauf vergleichen (dessen JSON-Datei)")
    add("--baselines", action="store_true", help="auch einfache Verfahren messen und vergleichen")
    add("--out", type=Path, metavar="ORDNER", help="wohin Lauf und Bericht geschrieben werden")
    add("--count", type=int, default=2000, metavar="ANZAHL", help="wie viele Fragen erzeugt werden (sonst 2000)")
    add("--seed", type=int, default=1, metavar="ZAHL", help="welche Fragen erzeugt werden (sonst 1)")
    add("--keep", action="store_true", help="den Lauf im Datenordner für die Seite /qualitaet der Web-App ablegen")
    add("--json", action="store_true", help="den Lauf als JSON ausgeben")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the cases, or ask them; 1 where something is wrong with them or a floor is missed. Raises AuskunftError."""
    from eval.quality.cases import load_cases

    if args.action == "generated":
        from eval.generated.command import run as generate

        return generate(args)
    cases = load_cases(case_file(args.set))
    return _check(args, cases) if args.action == "check" else _run(args, cases)


def case_file(name: str) -> Path:
    """The file of a set."""
    if name in SETS:
        return Path(str(files("eval").joinpath("data", f"{name}.jsonl")))
    return Path(name)


def _check(args: argparse.Namespace, cases: Sequence[Case]) -> int:
    from eval.quality.checking import composition, problems

    with calm_logging():
        found = problems(cases, settings_of(args))
    for line in found:
        print(line)
    print(f"{len(cases)} Fälle, {len(found)} Beanstandungen")
    print(", ".join(f"{name}: {count}" for name, count in composition(cases).items()))
    return FOUND if found else DONE


def _run(args: argparse.Namespace, cases: Sequence[Case]) -> int:
    from eval.quality import terminal
    from eval.quality.compare import compare
    from eval.quality.floors import missed
    from eval.quality.page import page
    from eval.quality.record import load_record, record
    from eval.quality.run import Ours, run

    earlier = load_record(args.compare) if args.compare else None
    answerers: list[Answerer] = [Ours(), *(_baselines() if args.baselines else ())]
    name = args.set if args.set in SETS else Path(args.set).stem
    at = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    with calm_logging():
        runs = run(cases, answerers, settings=settings_of(args), progress=_progress)
    records = [record(one, name, at) for one in runs]
    ours = records[0]
    others = {row["answerer"]: row for row in records[1:]} | ({"früher": earlier} if earlier else {})
    comparisons = {title: compare(ours, other) for title, other in others.items()}
    floors = missed(ours)
    if args.out:
        _write(args.out, records, page(ours, comparisons, floors))
    if args.keep:
        from eval.quality.kept import keep

        warn(f"abgelegt: {keep(ours, floors, settings_of(args).data)}")
    if args.json:
        print(json.dumps(ours, ensure_ascii=False))
    else:
        print("\n\n".join(terminal.table(row) for row in records))
        for title, comparison in comparisons.items():
            print("\n" + terminal.compared(title, comparison))
    if floors:
        warn(terminal.missed_floors(floors))
    return FOUND if floors else DONE


def _baselines() -> list[Answerer]:
    """The simple methods, each with the refusal threshold that suits it best on the development cases."""
    from eval.quality.baselines import BestSentences, best_threshold
    from eval.quality.cases import load_cases
    from eval.quality.run import run
    from eval.quality.stock import StockRetriever

    tuned = run(load_cases(case_file("dev")), [BestSentences(), StockRetriever()], progress=_progress)
    thresholds = {one.name: best_threshold(one.judged) for one in tuned}
    return [BestSentences(thresholds[BestSentences.name]), StockRetriever(thresholds[StockRetriever.name])]


def _progress(done: int, total: int) -> None:
    if done == total or done % 25 == 0:
        warn(f"{done} von {total} Fragen")


def _write(folder: Path, records: Sequence[dict[str, Any]], report: str) -> None:
    """Each run as JSON; ours as a page, too."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(records):
        path = folder / f"{row['set']}-{row['answerer']}-{row['at'][:19].replace(':', '')}.json"
        path.write_text(json.dumps(row, ensure_ascii=False, indent=1), encoding="utf-8")
        warn(f"geschrieben: {path}")
        if number == 0:
            path.with_suffix(".html").write_text(report, encoding="utf-8")
            warn(f"geschrieben: {path.with_suffix('.html')}")
