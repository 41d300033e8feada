import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.documents import read

from app.answering import values
from app.answering.question import understand
from app.answering.sentences import document_sentences

RELEASE = """Musterau tritt bei

18.03.2020

Im Beisein von Innenminister Prof. Dr. Max Muster haben Bürgermeisterin Erika Muster und Polizeipräsident René Fabel \
am heutigen 18. März 2020 eine Vereinbarung unterzeichnet. Das Land stellte seit 2018 etwa 160.000 Euro für zwei \
Stellen bereit. Musterau hat ca. 5.200 Einwohner in 15 Ortsteilen und ist 134 km² groß. Anträge sind ab 31. August \
bis spätestens 15. Oktober zu stellen. Gefördert werden bis zu 90 Prozent der Ausgaben.
"""


def short(question, beginning):
    sentence = next(s for s in document_sentences(read(RELEASE)) if s.text.startswith(beginning))
    return values.short_value(understand(question), sentence)


@pytest.mark.parametrize(
    ("question", "beginning", "value"),
    [
        ("Wie viel Geld gab es?", "Das Land", "etwa 160.000 Euro"),
        ("Wie viele Stellen gibt es?", "Das Land", "zwei Stellen"),
        ("Wie viele Einwohner gibt es?", "Musterau hat", "ca. 5.200 Einwohner"),
        ("Wie viele Ortsteile gibt es?", "Musterau hat", "15 Ortsteile"),
        ("Wie groß ist Musterau?", "Musterau hat", "134 km²"),
        ("Wie viel Prozent werden gefördert?", "Gefördert", "bis zu 90 Prozent"),
        ("Wann wurde unterzeichnet?", "Im Beisein", "18. März 2020"),
        ("Seit wann gibt es Geld?", "Das Land", "seit 2018"),
        ("Bis wann sind Anträge zu stellen?", "Anträge", "ab 31. August bis spätestens 15. Oktober"),
        ("Wer hat unterzeichnet?", "Im Beisein", "Erika Muster (Bürgermeisterin); René Fabel (Polizeipräsident)"),
        ("Wer ist Bürgermeisterin?", "Im Beisein", "Erika Muster (Bürgermeisterin)"),
    ],
)
def test_short_value(question, beginning, value):
    assert short(question, beginning).removeprefix("am heutigen ") == value


def test_signers_and_witnesses_are_told_apart():
    sentence = next(document_sentences(read(RELEASE)))
    assert [p.name for p in values.signers(sentence)] == ["Erika Muster", "René Fabel"]
    assert [p.name for p in values.witnesses(sentence)] == ["Prof. Dr. Max Muster"]


def test_stand_of_a_day_a_month_a_range_and_nothing():
    text = "Titel der Meldung\n\nDas Land hilft der Stadt. Im Jahr 2020 kam ein Fest.\n"
    assert values.stand(read(f"---\ndate: 2021-06-25\n---\n{text}"), "de") == "25.06.2021"
    assert values.stand(read(f"---\ndate: 2021-06\n---\n{text}"), "de") == "06/2021"
    ranged = values.stand(read(text), "de")
    assert "01.01.2020" in ranged
    assert "30.06.2025" in ranged
    assert "erschlossen" in ranged
    assert values.stand(read("Titel der Meldung\n\nDas Land hilft der Stadt.\n"), "de") == "ohne festes Datum"


@given(st.text("ab1ä ,.;:–\n", max_size=600))
def test_shortened_text_fits_and_begins_like_the_whole(text):
    result = values.shorten(text)
    assert len(result) <= values.LIMIT
    assert " ".join(text.split()).startswith(result.removesuffix(" …"))


def test_a_cut_is_marked():
    assert values.shorten("Wort " * 100).endswith(" …")
    assert values.shorten("Ein kurzer Satz.") == "Ein kurzer Satz."
