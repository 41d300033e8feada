"""Wording as data: one template a file, `<language>/<name>.txt`, with `{placeholders}`.

Imports nothing of the project.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter


class TemplateError(ValueError):
    """A template is missing, or its placeholders and the given values do not fit."""


def render(name: str, language: str = "de", /, **values: object) -> str:
    """The template `name` with its placeholders filled.

    Raises:
        TemplateError: no such template, a placeholder without a value, or a value without a placeholder.
    """
    template = _load(name, language)
    wanted = placeholders(name, language)
    missing, surplus = wanted - values.keys(), values.keys() - wanted
    if missing or surplus:
        raise TemplateError(f"{language}/{name}: missing {sorted(missing)}, surplus {sorted(surplus)}")
    return template.format(**values)


def placeholders(name: str, language: str = "de") -> frozenset[str]:
    """Names of the placeholders of a template."""
    return frozenset(field for _, field, _, _ in Formatter().parse(_load(name, language)) if field)


def names(language: str = "de") -> list[str]:
    """All templates of a language."""
    return sorted(
        entry.name[:-4] for entry in files(__name__).joinpath(language).iterdir() if entry.name.endswith(".txt")
    )


@cache
def _load(name: str, language: str) -> str:
    path = files(__name__).joinpath(language).joinpath(f"{name}.txt")
    try:
        return path.read_text(encoding="utf-8").rstrip("\n")
    except OSError:
        raise TemplateError(f"no template {language}/{name}.txt") from None
