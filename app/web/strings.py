"""The words of the user interface: one table a language, in `app/data/ui.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

LANGUAGES = ("de", "en")
_FOR_SCRIPT = re.compile(
    r"docs_(upload_|result_|withdraw|forget|change|filtered|run_|dismiss)|theme_|copy|copied"
    r"|ask_(busy|ready|new_said)|error_network"
)


@dataclass(frozen=True, slots=True)
class Strings:
    """The table of one language. Calling it gives a text; a missing key or placeholder raises KeyError."""

    lang: str
    table: dict[str, str | list[str]]

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled."""
        text = self.table[key]
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**values) if values else text

    def optional(self, key: str, default: str) -> str:
        """The text of `key`, or `default` where the table has none (labels of open vocabularies)."""
        text = self.table.get(key)
        return text if isinstance(text, str) else default

    def month(self, number: int) -> str:
        """Name of a month, counted from 1."""
        return self.table["months"][number - 1]

    @property
    def prefix(self) -> str:
        """What addresses of this language begin with."""
        return "" if self.lang == "de" else f"/{self.lang}"

    def for_script(self) -> dict[str, str]:
        """The texts that the scripts in the pages show."""
        return {k: v for k, v in self.table.items() if isinstance(v, str) and _FOR_SCRIPT.match(k)}


@functools.cache
def strings(lang: str) -> Strings:
    """The strings of a language; German where the language is not known."""
    tables = tomllib.loads(files("app").joinpath("data/ui.toml").read_text(encoding="utf-8"))
    chosen = lang if lang in tables else LANGUAGES[0]
    return Strings(chosen, tables[chosen])
