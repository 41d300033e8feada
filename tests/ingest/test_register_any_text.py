"""Whatever a text says, the register reads statements that stand in it, and never fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts.extract import extract
from ingest.readers import reader_for
from ingest.reading import assemble

_WORDS = st.sampled_from(
    (
        *[
            "Die",
            "Stadt",
            "Musterau",
            "hat",
            "am",
            "3.",
            "März",
            "2021",
            "eine",
            "Kooperationsvereinbarung",
            "mit",
            "dem",
            "Bündnis",
            "(",
            ")",
            ";",
            ":",
            ",",
            ".",
            "«",
            "»",
            "–",
        ],
        *[
            "|",
            "#",
            "-",
            "12",
            "1.300",
            "über",
            "ein",
            "Drittel",
            "Prozent",
            "Euro",
            "bewilligt",
            "Oberbürgermeisterin",
            "Erika",
            "Muster",
            "im",
            "Beisein",
            "von",
        ],
        *[
            "Präventionsräte",
            "Stand:",
            "31.08.",
            "jährlich",
            "Doppelhaushalt",
            "Sicherheitsanalyse",
            "§",
            "44",
            "Abs.",
            "beigetreten",
            "2019",
        ],
        *["gegründet", "wurde", "seit", "---"],
        *("\n", "\n\n\n##", "\t"),
    )
)
_TEXTS = st.one_of(
    st.lists(_WORDS, max_size=80).map(" ".join), st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300)
)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_statements_lie_in_the_text(text: str) -> None:
    data = f"# Musterau\n\n{text}\n\nStand 2020.".encode()
    reader = reader_for(".md", data, "a.md")
    document = assemble(reader(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25))

    for fact in extract(document):
        assert 0 <= fact.start < fact.end <= len(document.text)
        assert document.text[fact.start : fact.end].strip()
        assert fact.subject


def test_the_same_text_gives_the_same_statements(tmp_path: Path) -> None:
    data = b"# Musterau\n\nDie Stadt Musterau hat 8.412 Einwohner und 13 Ortsteile.\n"
    reader = reader_for(".md", data, "a.md")
    one, other = (
        assemble(reader(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25)) for _ in "ab"
    )

    assert extract(one) == extract(other) != ()
