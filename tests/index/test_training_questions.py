"""Questions that the embedding is trained on: read from their file, numbered and drawn beside their passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from index.training import asked as questions
from index.training import corpus
from index.training.asked import Asked, asked
from index.training.numbered import Numbered, number
from index.training.pairs import LONGEST, SHARES, Drawer, Side

THINGS = ("Brücken", "Straßen", "Schulen", "Wälder", "Häfen", "Museen", "Bäder", "Brunnen")
DEEDS = ("gebaut", "gepflegt", "gesperrt", "vermessen")
SECTIONS = len(DEEDS)

Listed = Callable[..., list[Asked]]


def parts() -> list[corpus.Part]:
    """Eight texts of four sections; no sentence stands in two of them."""
    found: list[corpus.Part] = []
    for thing in THINGS:
        lines = [f"# Verordnung über {thing}"]
        for deed in DEEDS:
            lines += [
                f"## § 1 Wie {thing} {deed} werden",
                f"Hier werden {thing} von der Behörde {deed}. Die Kosten der {thing} trägt das Land, das sie "
                f"{deed} hat. Wer {thing} sieht, die nicht {deed} sind, meldet das dem Amt.",
            ]
        found += corpus.parts(thing.casefold(), f"Verordnung über {thing}", "\n\n".join(lines))
    return found


PARTS = parts()


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """The questions of a file with these rows."""

    def read(*rows: str) -> list[Asked]:
        path = tmp_path / "questions.tsv"
        path.write_text("# Kopf\tmit Tabulator\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return asked(PARTS, path)

    return read


def test_the_corpus_is_as_the_rows_expect() -> None:
    assert len(PARTS) == len(THINGS) * SECTIONS
    assert {len(part.sentences) for part in PARTS} == {3}


def test_sections_are_counted_within_their_text(listed: Listed) -> None:
    found = listed("brücken\t0\t0\t1\tWer baut?", "wälder\t2\t1\t3\tWer zahlt?")
    assert found == [Asked("Wer baut?", 0, 0, 1), Asked("Wer zahlt?", 3 * SECTIONS + 2, 1, 3)]
    assert PARTS[found[1].part].text_id == "wälder"
    assert PARTS[found[1].part].heading == "Wie Wälder gesperrt werden"


def test_questions_to_texts_that_are_not_there_are_left_out(listed: Listed) -> None:
    found = listed("seen\t0\t0\t1\tWer badet?", "bäder\t0\t0\t1\tWer rutscht?", "Bäder\t0\t0\t1\tWer taucht?")
    assert [question.question for question in found] == ["Wer rutscht?"]


@pytest.mark.parametrize(
    "row",
    [
        "häfen\t0\t0\t4\tEin Satz zu viel",
        "häfen\t3\t3\t5\tHinter dem letzten Satz",
        f"häfen\t{SECTIONS}\t0\t1\tEin Abschnitt des nächsten Textes",
        f"brunnen\t{SECTIONS}\t0\t1\tHinter dem letzten Abschnitt",
        "häfen\t999\t0\t1\tWeit dahinter",
    ],
)
def test_ranges_that_do_not_fit_are_left_out(listed: Listed, row: str) -> None:
    assert listed(row, "häfen\t3\t0\t3\tAlle drei Sätze") == [Asked("Alle drei Sätze", 4 * SECTIONS + 3, 0, 3)]


def test_rows_of_the_shipped_file() -> None:
    lines = Path(questions.__file__).with_name("questions.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 5000
    for row in rows:
        assert len(row) == 5, row
        assert all(cell and cell == cell.strip() for cell in row), row
        assert 0 <= int(row[2]) < int(row[3]), row
        assert int(row[1]) >= 0, row
    times = Counter((*row[:4], " ".join(row[4].casefold().split())) for row in rows)
    assert [row for row, count in times.items() if count > 1] == []


def rows() -> list[str]:
    """One or two questions to each of two passages of a section of every text."""
    found = []
    for thing in THINGS:
        for wanted in ("wer tut das", "welches amt")[: 2 if thing != "Bäder" else 1]:
            found.append(f"{thing.casefold()}\t1\t0\t1\t{wanted} bei {thing}")
        found.append(f"{thing.casefold()}\t1\t1\t3\twas kostet das bei {thing}")
    return found


@pytest.fixture
def numbered(listed: Listed) -> Numbered:
    """The small corpus with one token a word."""
    found = listed(*rows())
    told = [text for part in PARTS for text in (part.title, part.heading, *part.sentences)]
    told += [question.question for question in found]
    splitter = pre_tokenizers.Whitespace()
    words = dict.fromkeys(word for text in told for word, _ in splitter.pre_tokenize_str(text.lower()))
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(("[UNK]", *words))}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = splitter
    return number(PARTS, [["Straße", "Weg"]], found, tokenizer)


def texts(side: Side) -> list[tuple[int, ...]]:
    ends = [*side.starts[1:], len(side.tokens)]
    return [tuple(side.tokens[start:end].tolist()) for start, end in zip(side.starts, ends, strict=True)]


def sentence(numbered: Numbered, first: int, last: int) -> tuple[int, ...]:
    return tuple(numbered.tokens[numbered.starts[first] : numbered.starts[last]].tolist())


def drawn(numbered: Numbered, size: int, seed: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    drawer = Drawer(numbered, np.random.default_rng(seed), shares={"question": 1.0}, stripped=0.0)
    left, right = drawer.draw(size)
    return list(zip(texts(left), texts(right), strict=True))


def test_a_question_and_its_sentences_are_numbered(numbered: Numbered) -> None:
    assert len(numbered.asked) == len(rows())
    for question, part, first, last in numbered.asked:
        assert numbered.parts[part, 0] <= first < last <= numbered.parts[part, 1]
        assert question >= numbered.groups[-1, 1]
    assert numbered.starts[numbered.asked[-1, 0] + 1] == len(numbered.tokens)


@pytest.mark.parametrize("seed", range(5))
def test_one_question_a_passage_is_drawn_with_the_tokens_of_the_passage(numbered: Numbered, seed: int) -> None:
    known = {
        sentence(numbered, row[0], row[0] + 1): (row[1], sentence(numbered, row[2], row[3])) for row in numbered.asked
    }
    assert len(known) == len(rows())
    passages = {passage for _, passage in known.values()}
    found = drawn(numbered, 1000, seed)
    assert len(found) == len(passages) == 2 * len(THINGS)
    assert {known[query][1] for query, _ in found} == passages
    for query, answer in found:
        part, passage = known[query]
        section = sentence(numbered, numbered.parts[part, 0], numbered.parts[part, 1])
        assert holds(answer, passage)
        assert holds(section, answer)
        assert len(answer) <= len(passage) + LONGEST


def holds(whole: tuple[int, ...], run: tuple[int, ...]) -> bool:
    return any(whole[i : i + len(run)] == run for i in range(len(whole) - len(run) + 1))


def test_now_and_then_with_sentences_around(numbered: Numbered) -> None:
    known = {sentence(numbered, row[0], row[0] + 1): sentence(numbered, row[2], row[3]) for row in numbered.asked}
    wider = [answer != known[query] for seed in range(20) for query, answer in drawn(numbered, 1000, seed)]
    assert 0.15 < sum(wider) / len(wider) < 0.45


def test_the_questions_of_a_passage_take_turns(numbered: Numbered) -> None:
    seen = {query for seed in range(20) for query, _ in drawn(numbered, 1000, seed)}
    assert seen == {sentence(numbered, row[0], row[0] + 1) for row in numbered.asked}


def test_fewer_are_drawn_where_fewer_are_wanted_and_the_same_with_the_same_seed(numbered: Numbered) -> None:
    assert len(drawn(numbered, 5, 1)) == 5
    assert drawn(numbered, 5, 1) == drawn(numbered, 5, 1)
    assert drawn(numbered, 5, 1) != drawn(numbered, 5, 2)


def test_a_corpus_without_questions_draws_the_other_kinds(numbered: Numbered) -> None:
    without = Numbered(
        numbered.tokens, numbered.starts, numbered.parts, numbered.groups, np.empty((0, 4), dtype=np.int64)
    )
    shares = {kind: share for kind, share in SHARES.items() if kind in ("heading", "rest", "question")}
    left, right = Drawer(without, np.random.default_rng(1), shares=shares).draw(20)
    assert len(left.starts) == len(right.starts) == 2 * round(20 * SHARES["rest"])
