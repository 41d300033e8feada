"""Documents for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

TEXTS = {
    "torgau.md": """---
title: Torgau tritt bei
date: 2021-06-25
publisher: Landesamt Musterland
kind: release
---
# Torgau tritt bei

Am 25. Juni 2021 hat die Stadt Torgau eine Kooperationsvereinbarung mit dem Land unterzeichnet.
Oberbürgermeisterin Erika Musterfrau unterzeichnete die Kooperationsvereinbarung für die Stadt Torgau.
""",
    "foerderung.txt": """---
title: Förderung im Überblick
date: 2022-03
kind: guideline
---
Gefördert werden bis zu 75 Prozent der zuwendungsfähigen Ausgaben.

Der Antrag ist bis zum 15. Oktober des laufenden Jahres zu stellen.
""",
}
LATER = """---
title: Lohsa pflanzt Bäume
date: 2022-05-03
kind: release
---
Die Gemeinde Lohsa hat 5200 Bäume gepflanzt.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "dokumente"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def later() -> str:
    """A document that comes later, about 5200 trees."""
    return LATER


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder whose ingest takes a while."""
    folder = tmp_path / "viele"
    folder.mkdir()
    for number in range(300):
        lines = [f"Die Stadt Musterau hat {2000 + n % 20} genau {number * 40 + n} Bäume gepflanzt." for n in range(40)]
        (folder / f"{number:03}.txt").write_text(f"Meldung {number}\n\n" + "\n\n".join(lines), encoding="utf-8")
    return folder
