"""What the embedding learns from: texts of all kinds, where the teacher puts them, and vectors fitted to that."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.static import SHIPPED
from index.training.asked import Asked
from index.training.beginning import first_vectors
from index.training.corpus import Part
from index.training.teacher import LONGEST, MOST, Lessons, chosen, lessons, reduced, taught

PARTS = [
    Part("a", "Verordnung über Brücken", "Wer Brücken prüft", ("Brücken prüft die Behörde in jedem dritten Jahr.",)),
    Part("b", "Verordnung über Bäder", "Öffnung", ("Bäder öffnen im Sommer um neun Uhr am Morgen.", "Kurz.")),
    Part("b", "Verordnung über Bäder", "Öffnung", ("Bäder öffnen im Sommer um neun Uhr am Morgen.",)),
]
GROUPS = [("Schwimmbad", "Badeanstalt"), ("Steg", "Brücke"), ("Badeanstalt", "Freibad")]
QUESTIONS = [Asked("Wann macht das Freibad auf?", 1, 0, 1)]


def test_each_text_is_a_lesson_once():
    texts = chosen(PARTS, GROUPS, QUESTIONS, np.random.default_rng(0), MOST)
    assert texts["wordings"] == ["Schwimmbad", "Badeanstalt", "Steg", "Brücke", "Freibad"]
    assert texts["headings"] == ["Wer Brücken prüft", "Verordnung über Brücken", "Öffnung", "Verordnung über Bäder"]
    assert texts["sentences"] == [PARTS[0].sentences[0], PARTS[1].sentences[0]]
    assert texts["questions"] == ["Wann macht das Freibad auf?"]
    assert texts["words"][0] == "Freibad"


def test_no_kind_has_more_lessons_than_allowed():
    texts = chosen(PARTS, GROUPS, QUESTIONS, np.random.default_rng(0), dict.fromkeys(MOST, 1))
    assert {kind: len(of_kind) for kind, of_kind in texts.items()} == dict.fromkeys(MOST, 1)


def test_the_teacher_knows_what_words_do_not_say():
    asked = taught(["Wie viele Städte haben unterschrieben?"], passages=False)
    said = taught(["Bei der Vereinbarung sind vierzig Kommunen dabei.", "Das Bad öffnet im Mai."], passages=True)
    assert np.linalg.norm(said, axis=1) == pytest.approx([1, 1], abs=1e-3)
    near = (said @ asked.T)[:, 0]
    assert near[0] > near[1]


def test_directions_have_length_one_and_no_common_part():
    random = np.random.default_rng(1)
    kinds = [random.standard_normal((200, 12)).astype(np.float32) + shift for shift in (5.0, -3.0)]
    rows = reduced(kinds, 6)
    assert rows.shape == (400, 6)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(400), abs=1e-4)
    assert np.abs(rows.mean(axis=0)).max() < 0.1


def test_lessons_are_drawn_with_their_own_directions():
    directions = np.eye(3, dtype=np.float32)
    given = Lessons(np.array([7, 8, 9, 9, 1]), np.array([0, 2, 4, 5]), directions)
    side, drawn = given.draw(np.random.default_rng(0), 20)
    tokens = np.split(side.tokens, side.starts[1:])
    assert len(tokens) == len(drawn) == 20
    expected = {0: [7, 8], 1: [9, 9], 2: [1]}
    assert [list(text) for text in tokens] == [expected[int(row.argmax())] for row in drawn]


def test_first_vectors_point_where_the_teacher_does():
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    long = [Part("c", "Lang", "", ("Brücke " * 36 + "Bad",))]
    found = lessons([*PARTS, *long], GROUPS, QUESTIONS, tokenizer, 4, np.random.default_rng(0))
    assert np.diff(found.starts).max() <= LONGEST
    vectors = first_vectors(found, tokenizer.get_vocab_size(), 150, 0)
    texts = [vectors[ids].mean(axis=0) for ids in np.split(found.tokens, found.starts[1:-1])]
    rows = np.array(texts) / np.linalg.norm(texts, axis=1, keepdims=True)
    assert float((rows * found.directions).sum(axis=1).mean()) > 0.8
