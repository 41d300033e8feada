"""The documentation names every command, option and setting, and none that does not exist."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from app.api import router
from app.cli import build_parser
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """A section of the README, up to the next one of its level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def commands() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


def command_rows() -> dict[str, str]:
    rows = re.findall(r"^\| `auskunft (\w+)(.*?)` \|", section("Commands"), re.MULTILINE)
    return dict(rows)


def test_every_command_is_described_and_every_described_command_exists():
    assert set(command_rows()) == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_options_of_a_command_are_those_described(name: str):
    everywhere = {"-h", "--help", "--data", "--config", "--today"}
    real = {o for action in commands()[name]._actions for o in action.option_strings} - everywhere
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", command_rows()[name])) == real


def test_options_of_all_commands_are_described():
    for option in ("--data", "--config", "--today"):
        assert option in section("Commands")


def test_commands_in_examples_exist():
    named = set(re.findall(r"(?:^ +|\$ |`)(?:\.venv/bin/)?auskunft ([a-z]\w*)", README, re.MULTILINE))
    assert named
    assert named <= set(commands())


def test_every_setting_is_described_and_every_described_setting_exists():
    rows = re.findall(r"^\| (`[^|]*`) \|", section("Settings"), re.MULTILINE)
    described = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert described == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    "name", ["host", "port", "language", "title", "open_reading", "log_questions", "retention_days"]
)
def test_defaults_are_those_described(name: str):
    row = re.search(rf"^\| `{name}` \| `(.*?)` \|", section("Settings"), re.MULTILINE)
    assert row
    assert yaml.safe_load(row[1]) == getattr(Settings(), name)


def test_every_api_route_is_described_and_the_other_way_round():
    routes = {
        f"{method} {route.path}"
        for route in router.routes
        if getattr(route, "include_in_schema", False)
        for method in route.methods
    }
    assert set(re.findall(r"`((?:GET|POST|DELETE) /api/v1/\S+?)`", section("HTTP API"))) == routes


def test_variables_are_described():
    for name in ("AUSKUNFT_DATA", "AUSKUNFT_CONFIG", "AUSKUNFT_DEBUG"):
        assert name in README


def links() -> Iterator[tuple[str, str]]:
    for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in target and not target.endswith(".png"):
                yield name, target


@pytest.mark.parametrize(("name", "target"), sorted(links()))
def test_links_lead_somewhere(name: str, target: str):
    assert (ROOT / target).exists()


def test_files_named_in_contributing_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:ingest|index|app|prompts|eval|tests)/[\w./-]+)`", text):
        if "NAME" not in path:
            assert (ROOT / path).exists(), path


def test_publiccode_is_complete():
    entry = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    needed = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
        "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert needed <= set(entry)
    assert entry["legal"]["license"] == "Apache-2.0"
    for language in entry["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]


def test_the_licence_is_apache_2():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
