"""A real server on loopback over a real data folder; every test of this folder talks to it."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from reportlab.pdfgen.canvas import Canvas
from support.pdfs import release

from app.access import folder_token
from app.assistant import Assistant
from app.settings import Settings
from app.web.application import make_service
from app.web.server import bound, server
from app.web.service import Service

TORGAU = """---
title: Torgau tritt der Allianz bei
date: 2021-06-25
publisher: Sächsisches Staatsministerium des Innern
kind: release
---
# Torgau tritt der Allianz bei

Am 25. Juni 2021 hat die Stadt Torgau eine Kooperationsvereinbarung mit dem Landespräventionsrat Sachsen unterzeichnet.
Oberbürgermeisterin Romina Barth unterzeichnete die Kooperationsvereinbarung für die Stadt.

Im Rahmen des Programms wurden in Torgau seit 2019 durch das Land etwa 160.000 Euro Fördermittel zur Verfügung gestellt.
Die Mittel werden unter anderem in zwei Personalstellen investiert.
"""
LOHSA = """---
title: Lohsa gründet einen Präventionsrat
date: 2022-03-14
publisher: Gemeinde Lohsa
kind: release
---
# Lohsa gründet einen Präventionsrat

Die Gemeinde Lohsa hat etwa 5.200 Einwohnerinnen und Einwohner in 18 Ortsteilen.
Der Gemeinderat hat dem Beitritt zur Allianz im März 2022 zugestimmt.
"""
HOSTILE = """<!doctype html><html lang="de"><head><title>Zwickau &lt;img src=http://evil.example/t.png&gt;</title>
<meta name="date" content="2022-05-05"></head>
<body><article>
<h1>Zwickau &lt;script&gt;alert('titel')&lt;/script&gt;</h1>
<p>Die Stadt Zwickau hat 21 Streetworker &lt;script&gt;window.getroffen=1&lt;/script&gt;
&lt;img src=http://evil.example/x.png onerror=window.getroffen=2&gt; eingestellt
[klick](javascript:window.getroffen=3) ${window.getroffen=4} {{7*7}} **fett**
&lt;/mark&gt;&lt;/div&gt; im Jahr 2022.</p>
<p>Die Stadt Zwickau arbeitet mit dem Landespräventionsrat zusammen.</p></article></body></html>
"""


NIGHT_BUS = """---
title: Nachtbus in Musterau startet
date: 2023-06-13
publisher: Stadt Musterau
kind: release
---
# Nachtbus in Musterau startet

Der Nachtbus in Musterau fährt ab dem 1. Juli 2023 an jedem Wochenende im Stundentakt durch alle Stadtteile.
Die Stadt Musterau zahlt dafür im ersten Jahr genau 12.000 Euro an das Verkehrsunternehmen.
Der Stadtrat hat dem neuen Angebot in seiner Sitzung vom 6. Juni 2023 einstimmig zugestimmt.
Nach einem Jahr soll eine Umfrage unter den Fahrgästen klären, ob das Angebot bleiben kann.
"""
NIGHT_BUS_CORRECTED = (
    NIGHT_BUS.replace("12.000", "21.000").replace("2023-06-13", "2023-06-15").replace("title: ", "title: Korrektur: ")
)
GUIDELINE = """---
title: Richtlinie zur Förderung sicherer Nachbarschaften
date: 2021-05-20
publisher: Ministerium
---
# Richtlinie zur Förderung sicherer Nachbarschaften

Vom 12. Mai 2021

Die Zuwendung beträgt höchstens 25.000 Euro je Vorhaben.

Diese Richtlinie tritt am 1. Juli 2021 in Kraft und mit Ablauf des 31. Dezember 2024 außer Kraft.
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `url`."""

    url: str
    service: Service
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        """The header of a caller who may change something."""
        return {"Authorization": f"Bearer {self.token}"}


def pdf(*lines: str) -> bytes:
    """A PDF of one page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 18 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def fill(folder: Path) -> None:
    """The documents that the tests ask about."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "torgau.md").write_text(TORGAU, encoding="utf-8")
    (folder / "lohsa.md").write_text(LOHSA, encoding="utf-8")
    (folder / "zwickau.html").write_text(HOSTILE, encoding="utf-8")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with three documents; tests may add more."""
    root = tmp_path_factory.mktemp("web")
    fill(root / "documents")
    settings = Settings(data=root / "data", programme="Testprogramm", contact="Frau Muster, 0351 1")
    with Assistant(settings) as assistant:
        report = assistant.ingest([root / "documents"])
        assert not report.failed
        service = make_service(assistant, "127.0.0.1")
        with Serving(service) as url:
            yield Running(url, service, folder_token(settings.data))


@pytest.fixture(name="make_pdf", scope="session")
def _make_pdf() -> Callable[..., bytes]:
    return pdf


@pytest.fixture(name="serving", scope="session")
def _serving() -> type[Serving]:
    return Serving


@pytest.fixture(scope="module")
def papers(running: Running) -> Iterator[dict[str, str]]:
    """More documents for one module, by file name: a PDF of two pages, a release and its correction, a guideline."""
    files = {
        "jahresplan.pdf": release(title="Jahresplan"),
        "nachtbus.md": NIGHT_BUS.encode(),
        "nachtbus-korrektur.md": NIGHT_BUS_CORRECTED.encode(),
        "nachbarschaft.md": GUIDELINE.encode(),
    }
    with httpx.Client(base_url=running.url, timeout=60, headers=running.bearer) as caller:
        sent = {n: caller.post("/api/v1/documents", files={"file": (n, data)}).json() for n, data in files.items()}
        ids: dict[str, str] = {name: report["added"][0] for name, report in sent.items()}
        yield ids
        for id in ids.values():
            caller.delete(f"/api/v1/documents/{id}", params={"forget": True})


class Serving:
    """Runs a service in a thread, as the command does in the main one."""

    def __init__(self, service: Service) -> None:
        self._server = server(service)
        self._socket = bound("127.0.0.1", 0)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def __enter__(self) -> str:
        self._thread.start()
        until = time.monotonic() + 60
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.05)
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(30)
        self._socket.close()


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    """A caller without any right."""
    with httpx.Client(base_url=running.url, timeout=60) as client:
        yield client
