"""Draws so many questions of all that can be made: the same ones for the same seed, templates in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from eval.generated.absent import absent
from eval.generated.from_rows import from_rows
from eval.generated.from_sentences import from_sentences
from eval.generated.made import Made, Material, templates
from ingest.german.persons import find_persons
from ingest.german.places import find_places

ANSWERABLE = 0.65  # of all questions
PLAIN = 2  # times as likely as any other form
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_TYPED = 7  # letters of a word that somebody mistypes


def drawn(material: Material, count: int, seed: int) -> list[Made]:
    """`count` different questions to one collection, fewer where it does not give as many."""
    rng = Random(seed)
    answerable = [*from_rows(material), *from_sentences(material)]
    wanted = round(count * ANSWERABLE)
    chosen = _in_turn(answerable, wanted, rng)
    return chosen + _in_turn(absent(material, rng), count - wanted, rng)


def _in_turn(pool: Iterable[Made], count: int, rng: Random) -> list[Made]:
    """One of each template after the other until there are enough; of equal questions the first."""
    by_template: dict[str, list[Made]] = {}
    for made in pool:
        by_template.setdefault(made.template, []).append(made)
    for rows in by_template.values():
        rng.shuffle(rows)
    found: dict[tuple[str, str | None], Made] = {}
    spent: dict[str, int] = dict.fromkeys(by_template, 0)
    while by_template and len(found) < count:
        for template in list(by_template):
            rows, number = by_template[template], spent[template]
            # A template without further rows goes on with other forms of the same questions.
            if number >= len(rows) * len(FORMS):
                del by_template[template]
                continue
            spent[template] += 1
            made = _formed(rows[number % len(rows)], number // len(rows), rng)
            found.setdefault((made.question, made.as_of), made)
            if len(found) == count:
                break
    return list(found.values())


FORMS = ("plain", "opening", "ascii", "lower", "typo", "bare")


def _formed(made: Made, turn: int, rng: Random) -> Made:
    """A question in one of the forms in which people write."""
    form = rng.choice([FORMS[0]] * PLAIN + list(FORMS[1:])) if turn == 0 else FORMS[turn]
    text = made.question
    match form:
        case "opening":
            text = rng.choice(templates()["forms"]["openings"]) + text
        case "ascii":
            text = text.translate(_ASCII)
        case "lower":
            text = text.lower()
        case "typo":
            text = _mistyped(text, rng)
        case "bare":
            text = text.rstrip("?.")
    if text == made.question:
        return made
    return replace(made, question=text, form=form if made.form == "plain" else f"{made.form}, {form}")


def _mistyped(text: str, rng: Random) -> str:
    """Two letters of a longer word change places; names and years stay as they are."""
    kept = [(place.start, place.end) for place in find_places(text)]
    kept += [(person.start, person.end) for person in find_persons(text)]
    words: list[tuple[int, str]] = []
    start = 0
    for word in text.split(" "):
        if len(word) >= _TYPED and word.isalpha() and not any(a < start + len(word) and start < b for a, b in kept):
            words.append((start, word))
        start += len(word) + 1
    if not words:
        return text
    at, word = rng.choice(words)
    place = rng.randrange(2, len(word) - 2)
    changed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return text[:at] + changed + text[at + len(word) :]
