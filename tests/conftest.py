"""What all tests share: the real releases where they are present, the invented ones, the sample corpus."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# pytest puts this folder first on the path, where tests/ingest and tests/index would hide the packages of these names.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.documents import TODAY
from support.heldout import FICTIONAL

from app.assistant import Assistant
from app.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


settings.register_profile("tests", deadline=None, derandomize=True, database=None)
settings.load_profile("tests")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test that needs the real releases is a failure, wherever these are present."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and item.get_closest_marker("shared") and os.environ.get("CI") == "true" and SHARED.is_dir():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although ../shared is present: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real releases and guidelines, beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    return SHARED


@pytest.fixture(scope="session")
def sample() -> Path:
    """The documents of the sample corpus."""
    return REPOSITORY / "eval" / "sample" / "documents"


@pytest.fixture(scope="session")
def library_of_releases(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The five releases and seven programme documents, read once."""
    yield from _library(tmp_path_factory.mktemp("releases"), shared / "corpus")


@pytest.fixture(scope="session")
def library_of_fiction(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The twelve invented releases, read once."""
    yield from _library(tmp_path_factory.mktemp("fiction"), FICTIONAL)


def _library(data: Path, documents: Path) -> Iterator[Assistant]:
    with Assistant(Settings(data=data)) as assistant:
        report = assistant.ingest([documents], today=TODAY)
        assert not report.failed
        assert report.added
        yield assistant
