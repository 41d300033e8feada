"""Power cuts, full disks and damaged files: what was there stays, what was not there comes in again."""

import datetime
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import Library

TODAY = datetime.date(2024, 1, 1)
QUERIES = ("Präventionsrat Musterau", "Wie viele Einwohner hat Ort 17?", "Fördermittel 2021", "Streetwork am Bahnhof")
DOCUMENTS = 200
SUBJECTS = (
    "Streetwork am Bahnhof",
    "den Präventionsrat",
    "die Sicherheitsanalyse",
    "das Jugendzentrum",
    "den Busbahnhof",
)


def text(number: int) -> str:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return (
        f"Ort {number} berät über {subject}\n\nMusterau, {number % 28 + 1}. März 2021\n\nDie Gemeinde Ort {number} hat "
        f"{number * 37 + 900} Einwohner. Der Rat beschloss Fördermittel von {number * 1000} Euro für {subject}.\n"
    )


def fill(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"ort-{number:03}.txt").write_text(text(number), encoding="utf-8")
    return folder


def answers(library: Library) -> list[list[tuple[str, float]]]:
    return [[(e.passage.id, round(e.score, 6)) for e in library.search(query)] for query in QUERIES]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The inbox, and what is found after an ingest that nothing disturbed."""
    root = tmp_path_factory.mktemp("undisturbed")
    inbox = fill(root / "inbox", DOCUMENTS)
    with Library(root / "data") as library:
        assert len(library.ingest([inbox], today=TODAY).added) == DOCUMENTS
        return inbox, answers(library)


INGEST = """
import datetime, sys
from pathlib import Path
import index.workforce
from index.library import Library
data, inbox, children = sys.argv[1:]
if children == "none":
    index.workforce.WORTH_CHILDREN = 10**9
print("ready", flush=True)
with Library(Path(data)) as library:
    library.ingest([Path(inbox)], today=datetime.date(2024, 1, 1), progress=lambda p: print(p.done, flush=True))
"""


def start(data: Path, inbox: Path, children: str = "none") -> subprocess.Popen:
    command = [sys.executable, "-c", INGEST, str(data), str(inbox), children]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def killed(data: Path, inbox: Path, after: int, delay: float, children: str) -> int:
    """Kill an ingest some time after its nth document; how many documents it had reported."""
    process = start(data, inbox, children)
    reported = 0
    for line in process.stdout:
        reported = int(line) if line.strip().isdigit() else 0
        if reported >= after:
            break
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    rest = [int(line) for line in process.stdout if line.strip().isdigit()]
    assert process.wait() in (-signal.SIGKILL, 0)
    return max([reported, *rest])


@pytest.mark.slow
def test_kill_at_sixty_moments_of_an_ingest(tmp_path, undisturbed):
    """Every document is there wholly or not at all, the rest comes in, and the answers are those without a kill."""
    inbox, wanted = undisturbed
    moments = [(0, n * 0.05, "none") for n in range(8)]
    moments += [(n, random.Random(n).random() * 0.01, "none") for n in range(1, DOCUMENTS, 5)]
    moments += [(n, random.Random(n).random() * 0.05, "some") for n in range(5, DOCUMENTS, 15)]
    log = []
    for number, (after, delay, children) in enumerate(moments):
        data = tmp_path / f"data{number}"
        reported = killed(data, inbox, after, delay, children)
        with Library(data) as library:
            rows = library.documents()
            log.append((after, reported, len(rows)))
            assert len(rows) >= reported, log
            for row in rows[:: max(1, len(rows) // 20)]:
                assert library.document(row.id).text.count("Einwohner") == 1
                assert row.passages == len(library.passages(row.id)) > 0
                assert library.original(row.id).read_text(encoding="utf-8") == text(int(row.source[4:7]))
            library.search(QUERIES[0])
            assert library.catalogue.passage_ids() == library.keeper.opened().ids()
            assert len({path.stem for path in (data / "originals").iterdir()}) == len(rows)
            report = library.ingest([inbox], today=TODAY)
            assert len(report.added) + report.unchanged == DOCUMENTS
            assert not report.failed
            assert answers(library) == wanted, log
        shutil.rmtree(data)
    between = [kept for _, _, kept in log if 0 < kept < DOCUMENTS]
    print(f"{len(moments)} kills, {len(between)} between the first and the last write: {sorted(between)}")
    assert len(moments) >= 60
    assert len(between) >= 45, log


FULL = """
import datetime, resource, sys
from pathlib import Path
from index.library import Library
from ingest.errors import FolderFull
data, inbox, old, limit = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
with Library(data) as library:
    library.ingest([old], today=datetime.date(2024, 1, 1))
    before = [e.passage.id for e in library.search("Rat beschloss Fördermittel")]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        library.ingest([inbox], today=datetime.date(2024, 1, 1))
        print("no error")
    except FolderFull as error:
        print("full:", error.message, error.hint)
    found = [e.document.source for e in library.search("Rat beschloss Fördermittel")]
    print("answers", bool(found) and len(library.documents()) >= 2)
"""


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_full_disk_is_said_and_the_old_state_answers(tmp_path, undisturbed, share):
    """A limit on the size of files makes the disk full in the middle of an ingest."""
    inbox, _ = undisturbed
    old = tmp_path / "old"
    old.mkdir()
    for path in sorted(inbox.iterdir())[:2]:
        shutil.copy(path, old)
    data = tmp_path / "data"
    limit = int(share * 1_500_000)
    command = [sys.executable, "-c", FULL, *map(str, (data, inbox, old, limit))]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "answers True" in run.stdout, run.stdout + run.stderr
    assert "full:" in run.stdout, run.stdout + run.stderr
    with Library(data) as library:
        rows = library.documents()
        assert len(rows) >= 2
        assert all(len(library.passages(row.id)) == row.passages > 0 for row in rows)
        shutil.rmtree(old)
        library.ingest([inbox], today=TODAY, prune=True)
        assert sorted(d.source for d in library.documents()) == sorted(path.name for path in inbox.iterdir())
        assert library.catalogue.passage_ids() == library.keeper.opened().ids()
