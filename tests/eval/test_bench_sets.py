"""Retrieval sets: what is read from files, and rankings over a real index on disk."""

import gzip
import json

import pytest

from eval.bench.collection import of_texts
from eval.bench.laws import Law, bare, sections
from eval.bench.measures import rank_fusion
from eval.bench.questions import of_cases
from eval.bench.retrieval import measure
from eval.bench.sets import USUAL, Query, TextSet, faq, headings, lacking, names_of, paraphrases, text_set
from eval.bench.ways import WAYS, Ways, query_of_words, vector_of_words
from index import lexical
from index.search import Searcher
from index.training.corpus import is_held_out
from ingest.errors import InputError, UnreadableFile

TEXTS = {
    "hund": "Hunde sind in der Gaststätte an der Leine zu führen. Wer das nicht tut, zahlt.",
    "bad": "Das Freibad öffnet im Sommer um neun Uhr. Kinder baden frei.",
    "buch": "Die Bücherei verleiht Bücher für vier Wochen. Die Leihfrist wird einmal verlängert.",
}


@pytest.fixture
def material(tmp_path):
    """A folder like the one that `--material` names."""
    (tmp_path / "retrieval").mkdir()
    (tmp_path / "training").mkdir()
    pairs = [{"question": "Wann öffnet das Freibad?", "answer": TEXTS["bad"]}]
    pairs += [{"question": q, "answer": TEXTS["buch"]} for q in ("Wie lange leihe ich ein Buch?", "Wer verleiht?")]
    lines = "\n".join(json.dumps(pair) for pair in pairs)
    (tmp_path / "retrieval/faq_de.jsonl").write_text(lines, encoding="utf-8")
    rows = "question_1,question_2,similar\nA?,a eins?,1\nA?,a zwei?,1\nB?,a eins?,1\nB?,fern?,0\n"
    (tmp_path / "retrieval/eval_question_similarity_de.csv").write_text(rows, encoding="utf-8")
    number = next(n for n in range(99) if is_held_out("saxon_law.jsonl.gz", f"law{n}"))
    learned = next(n for n in range(99) if not is_held_out("saxon_law.jsonl.gz", f"law{n}"))
    text = (
        "# Badgesetz\n\n## Badgesetz § 1 Öffnung\n\n{0}\n\n## Badgesetz § 2 Verleih\n\n{1}\n\n## § 3 Öffnung\n\n{2}\n"
    )
    text = text.format(*(TEXTS[name] for name in ("bad", "buch", "hund")))
    with gzip.open(tmp_path / "training/saxon_law.jsonl.gz", "wt", encoding="utf-8") as file:
        for n in (number, learned):
            file.write(json.dumps({"id": f"law{n}", "title": "Badgesetz", "text": text}) + "\n")
    return tmp_path


def test_equal_answers_are_one_text(material):
    found = faq(material / "retrieval/faq_de.jsonl")
    assert (len(found.queries), len(found.texts)) == (3, 2)
    assert found.queries[0].relevant == {TEXTS["bad"]}


def test_a_paraphrase_may_mean_two_questions(material):
    found = paraphrases(material / "retrieval/eval_question_similarity_de.csv")
    assert set(found.texts) == {"A?", "B?"}
    assert [(q.text, q.relevant) for q in found.queries] == [("a eins?", {"A?", "B?"}), ("a zwei?", {"A?"})]


def test_headings_of_held_out_laws_that_occur_once(material):
    found = headings(material / "training/saxon_law.jsonl.gz")
    assert [query.text for query in found.queries] == ["Verleih"]
    assert len(found.texts) == 3
    (right,) = found.queries[0].relevant
    assert found.texts[right] == TEXTS["buch"]


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("Badgesetz §\xa01 \xa0Öffnung des Bades", "Öffnung des Bades"),
        ("Badgesetz IV. Art und Höhe", "Art und Höhe"),
        ("Badgesetz 2.1 Verfahren", "Verfahren"),
        ("Badgesetz §\xa07a \xa0Immer offen", "Immer offen"),
        ("Badgesetz Ihre Rechte", "Ihre Rechte"),
        ("Badgesetz §\xa03\xa0", ""),
    ],
)
def test_headings_without_title_and_number(heading, left):
    assert bare(heading, "Badgesetz") == left


def test_short_sections_are_left_out():
    law = Law("x", "X", "## X § 1 Weg\n\n(weggefallen)\n\n## X § 2 Da\n\n### Teil\n\n" + TEXTS["bad"])
    assert [(section.heading, section.text) for section in sections(law)] == [("Da", TEXTS["bad"])]


def test_names_and_lacking_files(tmp_path, material):
    assert names_of(None) == USUAL
    assert "held-out" not in USUAL
    assert names_of("dev, faq") == ("dev", "faq")
    with pytest.raises(InputError, match="nix"):
        names_of("nix")
    assert "--material" in lacking("faq", None)
    assert "faq_de.jsonl" in lacking("faq", tmp_path / "leer")
    assert lacking("faq", material) is None


def test_a_broken_file_is_refused_by_name(material):
    path = material / "retrieval/faq_de.jsonl"
    path.write_text('{"question": "ohne Antwort"}', encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"faq_de\.jsonl"):
        faq(path)


def test_every_way_ranks_over_a_real_index():
    texts = TextSet("own", TEXTS, (Query("Wann öffnet das Freibad?", frozenset(["bad"]), "bad"),))
    with of_texts(texts) as collection:
        rankings = Ways(collection.library).rankings("Wann öffnet das Freibad?")
        assert tuple(rankings) == WAYS
        assert {way: collection.unit_of[ids[0]] for way, ids in rankings.items()} == dict.fromkeys(WAYS, "bad")
        assert rankings["rrf"] == rank_fusion([rankings["lexical"], rankings["dense"]])
        store = collection.library.keeper.opened()
        shipped = Searcher(collection.library.catalogue, store, collection.library.embedder).search("Freibad")
        hybrid = Ways(collection.library).rankings("Freibad")["hybrid"]
        assert hybrid == [evidence.passage.id for evidence in shipped]
        # »Freibäder« is found by its 4-grams and its synonyms only.
        assert "bad" not in [collection.unit_of[id] for id in Ways(collection.library).rankings("Badezeit")["words"]]


def test_words_are_the_vectors_without_grams():
    whole, words = lexical.query_vector("Präventionsrat tagt"), query_of_words("Präventionsrat tagt")
    assert set(words.indices) < set(whole.indices)
    assert len(words.indices) == len(set(lexical.analyse("Präventionsrat tagt")))
    passage = vector_of_words("Der Präventionsrat tagt.")
    assert passage.indices == words.indices
    assert all(value > 0 for value in passage.values)


def test_measure_says_what_is_lacking_and_measures_the_rest(material, tmp_path):
    (material / "retrieval/eval_question_similarity_de.csv").unlink()
    report = measure(["faq", "paraphrases", "headings"], material)
    assert [row["set"] for row in report["sets"]] == ["faq", "headings"]
    assert [row["set"] for row in report["skipped"]] == ["paraphrases"]
    first = report["sets"][0]
    assert (first["queries"], first["passages"]) == (3, 2)
    lexical_ndcg = first["ways"]["lexical"][0]
    assert lexical_ndcg["name"] == "ndcg@10"
    assert lexical_ndcg["value"] > 0.8
    assert {row["against"] for row in first["differences"]} == set(WAYS) - {"hybrid"}


@pytest.mark.slow
def test_evidence_of_the_cases_lies_in_passages():
    number = 0
    for collection in of_cases("dev"):
        assert all(query.relevant <= collection.unit_of.keys() for query in collection.queries)
        number += len(collection.queries)
    assert number > 200


def test_the_encyclopaedia_needs_no_material_and_has_one_right_passage_a_question():
    assert lacking("encyclopaedia", None) is None
    assert "encyclopaedia" not in USUAL
    found = text_set("encyclopaedia", None)
    assert len(found.queries) == 5 * len(found.texts) == 1200
    assert len({query.text for query in found.queries}) == len(found.queries)
    assert all(len(query.relevant) == 1 and query.relevant <= found.texts.keys() for query in found.queries)
    assert all(60 <= len(text.split()) <= 200 for text in found.texts.values())
