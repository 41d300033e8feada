"""What holds for the project as a whole: direction of imports, size of modules, what must not stand in rules."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.german.persons import find_persons
from ingest.german.places import find_places

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "prompts": set(),
    "ingest": set(),
    "index": {"ingest"},
    "app": {"ingest", "index", "prompts"},
    "eval": {"ingest", "index", "app", "prompts"},
}
LONGEST = 300
# One class that would be harder to read in pieces.
LONGER = {"index/catalogue.py": 320}
# Names of places and people as such; sample questions and invented examples of the interface.
LISTS_OF_NAMES = {
    "ingest/data/places.csv", "ingest/data/given_names.txt", "app/data/samples.toml", "app/data/ui.toml",
}  # fmt: skip
RULES = ("ingest/data", "index/data", "app/data", "prompts")


def modules() -> list[Path]:
    return sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module of a file, also inside functions, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.module or "", node.lineno


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_go_one_way(path: Path):
    room = path.relative_to(ROOT).parts[0]
    for module, line in imported(path):
        target = module.partition(".")[0]
        if target in MAY_IMPORT and target != room:
            assert target in MAY_IMPORT[room], f"{name_of(path)}:{line} imports {module}"


def test_only_the_adapter_imports_llamaindex():
    users = {name_of(p) for p in modules() if any(m.startswith("llama_index") for m, _ in imported(p))}
    # and the baselines that are LlamaIndex
    assert users <= {"index/llamaindex.py", "eval/quality/stock.py", "eval/bench/stock.py"}


def test_ingest_and_index_know_no_web():
    for path in modules():
        if path.relative_to(ROOT).parts[0] in ("ingest", "index", "prompts"):
            roots = {module.partition(".")[0] for module, _ in imported(path)}
            assert not roots & {"gradio", "fastapi", "starlette", "uvicorn"}, name_of(path)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_are_short_and_say_what_they_are_for(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGER.get(name_of(path), LONGEST)
    assert ast.get_docstring(ast.parse(text))


def test_package_data_is_complete():
    """What is no Python file and lies in a package reaches an installed copy."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    packed: set[Path] = set()
    for package in {path.parent for path in modules() if path.name == "__init__.py"}:
        patterns = table["*"] + table.get(package.relative_to(ROOT).as_posix().replace("/", "."), [])
        packed |= {file for pattern in patterns for file in package.glob(pattern)}
    left_out = ("eval/sample/source", "eval/sample/templates", "eval/sample/README.md")
    for room in MAY_IMPORT:
        for file in (ROOT / room).rglob("*"):
            if file.is_file() and file.suffix not in (".py", ".pyc") and not name_of(file).startswith(left_out):
                assert file in packed, name_of(file)


def source_texts() -> Iterator[tuple[str, str]]:
    folders = [ROOT / room for room in MAY_IMPORT] + [ROOT / "tests"]
    files = [path for folder in folders for path in folder.rglob("*")]
    for path in [*files, *ROOT.glob("*.*"), ROOT / "Makefile", ROOT / ".ci" / "run"]:
        if path.is_file() and path.suffix in {".py", ".toml", ".md", ".txt", ".yml", ".css", ".js", ""}:
            yield name_of(path), path.read_text(encoding="utf-8", errors="replace")  # some are old on purpose


def test_no_path_of_a_particular_machine():
    home = re.compile(r"(?<![\w.:/~])/(?:home|Users|root|mnt|opt|srv)/\w")
    for name, text in source_texts():
        found = home.search(text)
        assert not found, f"{name}: {found}"


def rule_texts() -> list[tuple[str, str]]:
    files = (path for folder in RULES for path in sorted((ROOT / folder).rglob("*")))
    return [
        (name_of(path), path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix in {".toml", ".txt", ".csv"} and name_of(path) not in LISTS_OF_NAMES
    ]


def occurrences(words: set[str]) -> list[str]:
    """Where one of the words stands in a rule or vocabulary file, as a word of its own."""
    pattern = re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w]|[.,]\d)")
    return [f"{name}: {match[0]}" for name, text in rule_texts() for match in pattern.finditer(text)]


@pytest.fixture(scope="module")
def releases(shared: Path) -> str:
    """The text of the five real releases."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((shared / "corpus/releases").glob("*.txt")))


@pytest.mark.shared
def test_no_person_of_the_releases_in_rules(releases: str):
    words = [mention.name.replace("Prof. ", "").replace("Dr. ", "") for mention in find_persons(releases)]
    persons = {name for name in words if name.count(" ") == 1}
    assert {"Romina Barth", "Sven Forkert", "Roland Wöller"} <= persons
    assert occurrences(persons) == []


@pytest.mark.shared
def test_no_place_of_the_releases_in_rules(releases: str):
    places = {place.name for mention in find_places(releases) for place in mention.candidates}
    assert {"Torgau", "Lohsa"} <= places
    districts = "ingest/data/places.toml: "  # which district a landscape belongs to
    assert [found for found in occurrences(places) if not found.startswith(districts)] == []


@pytest.mark.shared
def test_no_figure_of_the_releases_in_rules(releases: str):
    common = re.compile(r"(?:19|20)\d\d|100|1\.?000")
    numbers = set(re.findall(r"(?<![\w.,+])\d{1,3}(?:\.\d{3})+(?![\w.])|(?<![\w.,+])\d{3,}(?![\w.])", releases))
    figures = {number for number in numbers if not common.fullmatch(number)}
    figures |= set(re.findall(r"\d\d\.\d\d\.\d{4}", releases))
    assert "160.000" in figures
    assert occurrences(figures | {figure.replace(".", "") for figure in figures if figure.count(".") == 1}) == []
