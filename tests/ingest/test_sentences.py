import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.heldout import cases

from ingest.german.sentences import _NUMBERED_TITLE, glue, is_open, sentences, starts_item, unwrap

FLOOR = 117


def split(text):
    return [text[start:end] for start, end in sentences(text)]


def test_the_gold_cases_hold():
    gold = cases("sentences")
    assert len(gold) == 120
    misses = [
        f"{case['sentences']}\n  got {split(case['text'])}" for case in gold if split(case["text"]) != case["sentences"]
    ]
    assert len(gold) - len(misses) >= FLOOR, "\n".join(misses)


@pytest.mark.parametrize(
    "whole",
    [
        "Der Rat tagt am 12. Mai im Saal.",
        "Die 3. Sitzung des Beirats dauerte lange.",
        "Das Land gibt 1,3 Mio. Euro für Projekte.",
        "Es sprach Prof. Dr. Bodo Erfunden vom Beirat.",
        "Gefördert werden z. B. Lampen und Bänke.",
        "Gefördert werden z.B. Lampen und Bänke.",
        "Bürgermeister i. V. Max Muster unterschrieb.",
        "Auch Auerbach i. V. und Rodewisch treten bei.",
        "Die Mittel werden u. a. in zwei Stellen investiert.",
        "Das regelt Nr. 4 Abs. 2 der Richtlinie.",
        "Die Sitzung beginnt um 18.30 Uhr im Rathaus.",
        "Rund 12.500 Bögen wurden verschickt.",
        "Das Studium (B.A./M.A. berufsbegleitend) läuft.",
    ],
)
def test_no_break_inside(whole):
    assert split(f"{whole} Danach war Ruhe.") == [whole, "Danach war Ruhe."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Es sind 1,3 Mio.", "Die Summe steht im Haushalt."),
        ("Das gilt seit 2019.", "Danach kam der Umbau."),
        ("Beteiligt sind Vereine, Schulen usw.", "Alle helfen mit."),
        ("»Das hilft.«", "Der Rat stimmte zu."),
        ("Wer zahlt?", "Das Land zahlt."),
        ("Sie wohnt in Auerbach i. V.", "Der Weg ist kurz."),
    ],
)
def test_break_between(first, second):
    assert split(f"{first} {second}") == [first, second]


def test_a_wrapped_line_may_begin_with_an_ordinal():
    whole = "Die Analyse entsteht bis zum\n30. September 2020 im Auftrag der Stadt."
    assert split(whole) == [whole]


def test_list_items_are_sentences_of_their_own():
    assert split("– Beratung vor Ort\n– Förderung\n2. Antrag") == ["– Beratung vor Ort", "– Förderung", "2. Antrag"]


@pytest.mark.parametrize("text", ["Die Mittel werden u. a. in", "bis zum 12.", "Es sprach Dr.", "rund 1,5 Mio."])
def test_open(text):
    assert is_open(text)


@pytest.mark.parametrize("text", ["Das ist alles.", "»Das ist alles.«", "Wer kommt?", "Es gilt:"])
def test_closed(text):
    assert not is_open(text)


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("die Präven-", "tion vor Ort", "die Prävention vor Ort"),
        ("Jugend-", "und Seniorenarbeit", "Jugend- und Seniorenarbeit"),
        ("die ASMO-", "Vereinbarung", "die ASMO-Vereinbarung"),
        ("die Vor\u00ad", "beugung", "die Vorbeugung"),
        ("in zwei", "Stellen", "in zwei Stellen"),
    ],
)
def test_glue(left, right, whole):
    assert glue(left, right) == whole


def test_unwrap_joins_a_wrapped_paragraph_and_keeps_items():
    assert unwrap(("Es gibt eine Stelle", "für die Stadt:", "– Beratung", "– Hilfe")) == [
        "Es gibt eine Stelle für die Stadt:",
        "– Beratung",
        "– Hilfe",
    ]


@given(st.text(alphabet="Aab12.!?…»«„“() \n-–,:", max_size=120))
def test_every_letter_is_in_exactly_one_sentence(text):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    inside = {i for a, b in spans for i in range(a, b)}
    assert all(i in inside for i, char in enumerate(text) if not char.isspace())


def joined_one_by_one(lines):
    """What `unwrap` means, without regard to time."""
    out = []
    for line in filter(None, (line.strip() for line in lines)):
        if out and not starts_item(line, out[-1]) and is_open(out[-1]) and not _NUMBERED_TITLE.search(out[-1]):
            out[-1] = glue(out[-1], line)
        else:
            out.append(line)
    return out


ENDS = ["", "Der Rat", "tagt am 12.", "Präven-", "Landes-", "A-", "z. B.", "Ende.", "\u00ad"]
STARTS = ["Mai", "tion", "und Bund", "- Punkt", "2. Titel", "Land"]


@given(st.lists(st.sampled_from([*ENDS, *STARTS]), max_size=12))
def test_unwrapping_is_joining_one_by_one(lines):
    assert unwrap(tuple(lines)) == joined_one_by_one(lines)


def test_lines_without_any_final_mark_take_no_longer_each():
    lines = tuple(f"Wort{i} ohne Punkt am Ende und noch etwas mehr Text" for i in range(20_000))
    started = time.process_time()
    (whole,) = unwrap(lines)
    assert sentences("\n".join(lines)) == [(0, len(whole))]
    assert time.process_time() - started < 10  # hours where each line looks at all lines before it


def test_a_long_paragraph_is_divided_as_its_parts_are():
    sentence = "Die Stadt hat am 12. Mai 2021 etwa 1,3 Mio. Euro bekommen, und Dr. Muster war dabei. "
    text = (sentence * 2000).strip()
    assert split(text) == [sentence.strip()] * 2000
