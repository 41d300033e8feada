"""`auskunft bench`: how well and how fast passages are found. Joins the command line by an entry point."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import DONE
from app.commands.arguments import Subparsers
from app.commands.terminal import calm_logging, warn
from ingest.errors import InputError

if TYPE_CHECKING:
    from eval.bench.tables import Table

Keep = Callable[[dict[str, Any]], object]
SIZES = "1000,10000,20000,100000"


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("bench", help="messen, wie gut und wie schnell gesucht wird")
    parser.description = "Misst die Suche: wie gut sie findet (retrieval), wie schnell sie ist (speed)."
    add = parser.add_argument
    add("what", choices=["retrieval", "speed"], metavar="retrieval|speed", help="Güte oder Tempo")
    add("--material", type=Path, metavar="ORDNER", help="Ordner mit retrieval/ und training/ (sonst ohne diese Texte)")
    add(
        "--sets", metavar="NAMEN", help="retrieval: faq, paraphrases, headings, dev (so sonst), encyclopaedia, held-out"
    )
    add("--passages", default=SIZES, metavar="ZAHLEN", help=f"speed: Zahlen von Textstellen (sonst {SIZES})")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--stock", action="store_true", help="auf dem Vergleich mit LlamaIndex bestehen")
    group.add_argument("--no-stock", action="store_true", help="ohne den Vergleich mit LlamaIndex")
    add("--out", type=Path, metavar="ORDNER", help="wohin Messung (JSON) und Seite (HTML) geschrieben werden")
    add("--json", action="store_true", help="die Messung als JSON ausgeben")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and report. Raises AuskunftError."""
    from eval.bench import tables

    stock = _with_stock(args)
    measure = _retrieval if args.what == "retrieval" else _speed
    with calm_logging():
        head = _head(args.what)
        report = head | measure(args, stock, lambda found: _keep(args.out, head | found))
    if args.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        print("\n\n".join(map(tables.lines, _tables(report))))
    for line in tables.skipped(report):
        warn(line)
    if path := _keep(args.out, report):
        warn(f"geschrieben: {path}")
        warn(f"geschrieben: {path.with_suffix('.html')}")
    return DONE


def sizes_of(text: str) -> tuple[int, ...]:
    """The numbers of `--passages`, ascending. Raises InputError."""
    words = [word.strip() for word in text.split(",")]
    if not all(word.isascii() and word.isdigit() and int(word) for word in words):
        raise InputError(f"»{text}« sind keine Zahlen ab 1.", f"Gemeint ist eine Angabe wie {SIZES}.")
    return tuple(sorted(set(map(int, words))))


def _with_stock(args: argparse.Namespace) -> bool:
    """Whether the stock pipeline is measured too; says so where it cannot be."""
    from eval.bench.stock import missing, require

    if args.no_stock:
        return False
    if args.stock:
        require()
    if lacking := missing():
        warn(f"ohne Vergleich mit LlamaIndex; es fehlen: {', '.join(lacking)}")
    return not lacking


def _head(what: str) -> dict[str, Any]:
    """What a measurement was made of."""
    from eval.bench.specification import specification

    at = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return {"bench": what, "at": at, "spec": specification()}


def _retrieval(args: argparse.Namespace, stock: bool, keep: Keep) -> dict[str, Any]:
    from eval.bench.retrieval import measure
    from eval.bench.sets import names_of

    return measure(names_of(args.sets), args.material, stock=stock, progress=_progress, keep=keep)


def _speed(args: argparse.Namespace, stock: bool, keep: Keep) -> dict[str, Any]:
    from eval.bench.speed import measure

    return measure(sizes_of(args.passages), args.material, stock=stock, progress=warn, keep=keep)


def _tables(report: dict[str, Any]) -> list[Table]:
    from eval.bench import speedtables, tables

    return list(tables.retrieval(report) if report["bench"] == "retrieval" else speedtables.tables(report))


def _progress(name: str, done: int, total: int) -> None:
    if done == total or done % 200 == 0:
        warn(f"{name}: {done} von {total} Fragen")


def _keep(folder: Path | None, report: dict[str, Any]) -> Path | None:
    """JSON and page, written again after every step, because a run takes long and may be stopped."""
    from eval.bench.page import page

    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bench-{report['bench']}-{report['at'][:19].replace(':', '')}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    path.with_suffix(".html").write_text(page(report, _tables(report)), encoding="utf-8")
    return path
