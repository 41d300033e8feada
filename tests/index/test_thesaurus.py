"""The thesaurus: lines of words that stand for each other, found by the words of a question."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import synonyms, thesaurus
from index.lexical import analyse
from index.synonyms import expand
from ingest.errors import DataError
from ingest.german.places import all_places

FILES = sorted(thesaurus.FOLDER.glob("*.txt"))
LONGEST_MEMBER = 60
SAMPLE = 200

Written = Callable[..., Path]


def forget() -> None:
    for cached in (thesaurus._lines, thesaurus._rules, thesaurus.rules_at, synonyms._rules):
        cached.cache_clear()


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """Writes a list; only the lists written so are in use, and no groups of synonyms beside them."""
    folder, empty = tmp_path / "thesaurus", tmp_path / "synonyms"
    folder.mkdir()
    empty.mkdir()
    monkeypatch.setattr(thesaurus, "FOLDER", folder)
    monkeypatch.setattr(synonyms, "_SYNONYMS", empty)
    forget()

    def write(*lines: str, name: str = "own.txt") -> Path:
        path = folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    yield write
    monkeypatch.undo()
    forget()


def meant(question: str) -> dict[str, float]:
    """What is looked for beside the words of a question."""
    return expand(analyse(question))


@pytest.mark.parametrize(
    "asked",
    [
        "Überführung", "Überführungen", "ÜBERFÜHRUNG", "ueberfuehrung", "Ueberfuehrungen",
        "Wird die Überführung gebaut?",
    ],
)  # fmt: skip
def test_a_line_is_found_by_its_words_however_they_are_typed(written: Written, asked: str) -> None:
    written("Viadukt, Überführung, Hochbrücke")
    assert meant(asked) == {"viadukt": thesaurus.WEIGHT, "hochbruck": thesaurus.WEIGHT}


@pytest.mark.parametrize(
    ("line", "asked", "other"),
    [
        ("Rat, Gremium", "Räte", "gremium"),
        ("Wald, Forst", "Wälder", "forst"),
        ("Bad, Schwimmhalle", "Bäder", "schwimmhall"),
        ("Größe, Ausmaß", "Groesse", "ausmass"),
        ("vergeben, zuteilen", "vergab und vergebene", "zuteil"),
        ("Fluss, Gewässer", "Fluß", "gewass"),
    ],
)
def test_short_words_and_changed_vowels(written: Written, line: str, asked: str, other: str) -> None:
    written("Keller, Gewölbe", line)
    assert other in meant(asked)
    assert "gewolb" not in meant(asked)


@pytest.mark.parametrize(
    ("line", "asked", "other"),
    [
        ("Semester, Halbjahr", "Semester", "halbjahr"),
        ("Offenheit, Transparenz", "Offenheit", "transparenz"),
        ("Böe, Windstoß", "Böe", "windstoss"),
        ("E-Scooter, Elektroroller", "E-Scooter", "elektroroll"),
        ("IT-Sicherheit, Cyberabwehr", "IT-Sicherheit", "cyberabwehr"),
        ("aus eigener Tasche, Selbstzahler", "aus eigener Tasche", "selbstzahl"),
    ],
)
def test_stems_much_shorter_than_their_word_and_hyphens(written: Written, line: str, asked: str, other: str) -> None:
    written(line)
    assert other in meant(asked)


def test_words_behind_the_bar_are_never_looked_for(written: Written) -> None:
    written("Zuschuss, Beihilfe | Kohle, Knete")
    assert set(meant("Kohle")) == {"zuschuss", "beihilf"}
    assert set(meant("Knete")) == {"zuschuss", "beihilf"}
    assert set(meant("Zuschuss")) == {"beihilf"}


def test_a_phrase_needs_all_its_words_and_shares_its_weight(written: Written) -> None:
    written("Maifeiertag, Tag der Arbeit")
    assert meant("Was ist am Maifeiertag?") == {"tag": thesaurus.WEIGHT / 2, "arbeit": thesaurus.WEIGHT / 2}
    assert meant("Was ist am Tag der Arbeit?") == {"maifeiertag": thesaurus.WEIGHT}
    assert meant("Welche Arbeit?") == {}


@pytest.mark.parametrize("member", ["nicht verpflichtend", "kein Muss", "ohne Zwang", "nie verlangt", "keinerlei Amt"])
def test_negated_members_are_left_out(written: Written, member: str) -> None:
    written(f"freiwillig, optional, {member} | {member} dabei")
    assert set(meant("freiwillig")) == {"optional"}
    assert meant(member) == {}


def test_members_that_come_down_to_one_of_their_words_are_left_out(written: Written) -> None:
    written("Jubel, Heiterkeit, sich freuen | darüber lachen, bei der Sache sein")
    assert set(meant("Jubel")) == {"heiter"}
    for collapsed in ("sich freuen", "darüber lachen", "bei der Sache sein"):
        assert len(analyse(collapsed)) == 1
        assert meant(collapsed) == {}


def test_comments_are_not_read_and_all_files_are(written: Written) -> None:
    written("# Kutsche, Fuhrwerk", "Karren, Wagen", name="a.txt")
    written("Karren, Gefährt", name="b.txt")
    assert meant("Kutsche") == {}
    assert set(meant("Karren")) == {"wag", "gefahrt"}


def test_a_list_in_another_encoding_is_named(written: Written) -> None:
    written("Karren, Wagen", name="a.txt")
    written("Platz").with_name("kaputt.txt").write_bytes("Größe, Ausmaß\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"kaputt\.txt ist nicht lesbar"):
        thesaurus.rules_at("karr")


def test_a_list_that_cannot_be_opened_is_named(written: Written) -> None:
    written("Karren, Wagen").with_name("ordner.txt").mkdir()
    with pytest.raises(DataError, match=r"ordner\.txt ist nicht lesbar"):
        thesaurus.rules_at("karr")


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def members(side: str) -> list[str]:
    return [member.strip() for member in side.split(",")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_lines_are_well_formed(path: Path) -> None:
    found = lines(path)
    assert len(found) > 100
    for line in found:
        words, bar, asked = line.partition("|")
        everything = members(words) + (members(asked) if bar else [])
        assert "|" not in asked, line
        assert all(everything), line
        assert len(members(words)) > 1, line
        assert len(set(everything)) == len(everything), line
        assert max(map(len, everything)) <= LONGEST_MEMBER, line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_place_heads_a_line(path: Path) -> None:
    names = {name.casefold() for place in all_places() for name in (place.name, place.sorbian, place.label) if name}
    assert len(names) > 400
    heads = {members(line)[0].casefold() for line in lines(path)}
    assert not heads & names


def pairs() -> list[tuple[str, str]]:
    """The first two words of each shipped line that keep their sense in the analysis."""
    found = []
    for line in (line for path in FILES for line in lines(path)):
        first, second = members(line.partition("|")[0])[:2]
        if all(analyse(word) and thesaurus._stands(word) for word in (first, second)):
            found.append((first, second))
    return found


def test_the_first_words_of_a_line_find_each_other() -> None:
    known = [(one, other) for one, other in pairs() if set(analyse(one)) != set(analyse(other))]
    assert len(known) > 3000
    for pair in random.Random(1).sample(known, SAMPLE):
        for asked, wanted in (pair, pair[::-1]):
            stems = frozenset(analyse(asked))
            rules = [rule for rule in thesaurus.rules_at(min(stems)) if rule.trigger == stems]
            assert any(set(analyse(wanted)) == set(target) for rule in rules for target in rule.targets), pair


def test_nearly_every_line_begins_with_two_words_that_keep_their_sense() -> None:
    every = sum(len(lines(path)) for path in FILES)
    assert len(pairs()) > 0.95 * every
