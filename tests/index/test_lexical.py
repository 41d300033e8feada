import subprocess
import sys
import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lexical
from index.synonyms import MAX_WEIGHT, expand


def same(*texts: str) -> bool:
    return len({tuple(lexical.analyse(text)) for text in texts}) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("10.000", "10 000", "10000", "10\u202f000"),
        ("160.000 Euro", "160000 Euro"),
        ("1.250.000,00", "1250000"),
        ("1,50", "1,5"),
        ("31.08.2021", "31. August 2021", "31. 8. 2021"),
        ("01.08.", "1. August"),
        ("Präventionsräte", "Praeventionsraete", "PRÄVENTIONSRÄTEN"),
        ("Straße", "Strasse"),
        ("größer", "groesser"),
        ("Bürgermeister*innen", "Bürgermeister:innen", "Bürgermeister(in)", "Bürgermeister/-innen", "Bürgermeisterin"),
    ],
)
def test_spellings_are_equal(texts):
    assert same(*texts)


@pytest.mark.parametrize("pair", [("1,3", "13"), ("1,3", "1.300"), ("2021", "2022"), ("10.000", "100.000")])
def test_different_figures_stay_different(pair):
    assert not same(*pair)


def test_hyphenated_word_is_found_joined_and_by_its_parts():
    assert set(lexical.analyse("ASSKomm")) <= set(lexical.analyse("ASS-Komm"))
    assert set(lexical.analyse("Paket")) <= set(lexical.analyse("160.000-Euro-Paket"))
    assert lexical.analyse("160.000-Euro-Paket")[0] == "160000"


def test_years_in_a_row_are_no_thousands():
    assert lexical.analyse("2018 2019") == ["2018", "2019"]
    assert lexical.analyse("Nr. 3.1.2")[-1] == "3.1.2"


def test_stop_words_leave_and_terms_count():
    assert lexical.analyse("Was ist das und wer war die?") == []
    assert lexical.terms("Die Kommune und die Kommunen") == {"kommun": 2}


def test_compounds_share_features_but_less_than_words():
    document = lexical.document_vector("Kriminalpräventionsrat")
    query = lexical.query_vector("Präventionsräte")
    weights = dict(zip(query.indices, query.values, strict=True))
    shared = set(document.indices) & set(query.indices)
    assert shared
    assert all(weights[index] == lexical.GRAM_WEIGHT for index in shared)


def test_vectors_are_sorted_unsigned_and_saturated():
    vector = lexical.document_vector("Torgau Torgau Torgau Lohsa", context="Torgau")
    assert vector.indices == sorted(set(vector.indices))
    assert all(0 <= index < 2**32 for index in vector.indices)
    by_index = dict(zip(vector.indices, vector.values, strict=True))
    torgau, lohsa = (by_index[lexical.feature(stem)] for stem in ("torgau", "lohsa"))
    assert lohsa < torgau < lexical.K1 + 1


def test_bm25_by_hand():
    norm = lexical.K1 * (1 - lexical.B + lexical.B * 2 / lexical.AVERAGE_LENGTH)
    vector = lexical.document_vector("Haus Boot")
    assert vector.values == pytest.approx([(lexical.K1 + 1) / (1 + norm)] * 2)


def test_context_counts_less_than_the_passage():
    inside = lexical.document_vector("Torgau").values[0]
    outside = lexical.document_vector("", context="Torgau").values[0]
    assert outside < inside


def test_expansions_join_the_query_without_outweighing_it():
    vector = lexical.query_vector("KPR", {"praventionsrat": 0.5, "kpr": 0.1})
    weights = dict(zip(vector.indices, vector.values, strict=True))
    assert weights == {lexical.feature("kpr"): 1.0, lexical.feature("praventionsrat"): 0.5}


def test_features_are_the_same_in_another_process():
    code = "from index.lexical import document_vector; print(document_vector('Präventionsräte in Torgau').indices)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(lexical.document_vector("Präventionsräte in Torgau").indices)


def test_stemming_from_many_threads():
    words = [f"Präventionsräte{i}" for i in range(300)]
    wanted = [lexical.analyse(word) for word in words]
    lexical._stems.cache_clear()
    found: list[list[list[str]]] = []
    threads = [threading.Thread(target=lambda: found.append([lexical.analyse(w) for w in words])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Wie werden wir Mitglied?", "beitret"),
        ("Was ist ein KPR?", "praventionsrat"),
        ("Wer ist OB?", "oberburgermeist"),
        ("Wie hoch war der Zuschuss?", "fordermittel"),
        ("When did Torgau join?", "beitritt"),
        ("How many inhabitants?", "einwohn"),
    ],
)
def test_synonyms_and_glossary(question, wanted):
    found = expand(lexical.analyse(question))
    assert 0 < found[wanted] <= MAX_WEIGHT


def test_longer_phrase_wins_and_own_words_are_not_repeated():
    found = expand(lexical.analyse("Who is the police chief?"))
    assert set(found) == {"polizeiprasident"}
    assert "kpr" in expand(["kommunal", "praventionsrat"])
    assert "kommunal" not in expand(["kommunal", "praventionsrat", "kpr"])


def by_hand(text, context=""):
    """The vector of a passage, straight from the formula in the module."""
    counts, length = Counter(), 0.0
    for part, share in ((text, 1.0), (context, lexical.CONTEXT_WEIGHT)):
        for form in lexical.tokens(part):
            length += share * len(lexical.stems_of(form))
            for index in lexical._features(form):
                counts[index] += share
    norm = lexical.K1 * (1 - lexical.B + lexical.B * length / lexical.AVERAGE_LENGTH)
    indices = sorted(counts)
    return lexical.SparseVector(indices, [(lexical.K1 + 1) / (1 + norm / counts[i]) for i in indices])


TEXTS = [
    "Der Präventionsrat tagt am 12. Mai 2021.",
    "",
    "und die der",
    "Torgau Torgau Lohsa 10.000 Euro",
    "Kriminalpräventionsrat " * 40,
]
CONTEXTS = ["Präventionsrat Torgau\nFörderung", "", "Titel", "Torgau", ""]


def test_vectors_of_many_passages_are_those_of_each():
    many = lexical.document_vectors(TEXTS * 30, CONTEXTS * 30)
    assert len(many) == 150 > 2 * lexical.BATCH
    expected = [by_hand(text, context) for text, context in zip(TEXTS, CONTEXTS, strict=True)]
    assert many == expected * 30
    assert lexical.document_vectors([], []) == []


def test_a_word_of_the_passage_and_of_its_title_counts_for_both():
    assert lexical.document_vector("Torgau", context="Torgau Torgau") == by_hand("Torgau", "Torgau Torgau")


def test_the_analysis_of_giant_words_is_right_and_not_kept():
    giant = "Präventionsrat" * 50
    kept = lexical._stems.cache_info().currsize, lexical._ids.cache_info().currsize
    assert lexical.analyse(giant) == [lexical._stem(giant.casefold())]
    assert lexical.document_vector(f"Torgau {giant}") == by_hand(f"Torgau {giant}")
    assert lexical._stems.cache_info().currsize <= kept[0] + 1
    assert lexical._ids.cache_info().currsize <= kept[1] + 1


@given(st.lists(st.sampled_from(["3.", "12", "000", "1.5", "31.08.", "2021", "Präventions-", "rat", "*innen", "§"])))
def test_no_word_goes_over_a_line_end(words):
    for i in range(len(words)):
        first, rest = " ".join(words[:i]), " ".join(words[i:])
        assert lexical.tokens(f"{first}\n{rest}") == lexical.tokens(first) + lexical.tokens(rest)
