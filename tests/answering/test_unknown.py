import pytest

from app.answering.question import understand
from app.answering.unknown import PART_MATCH, TYPO_MATCH, interpret
from index.lexical import analyse


class Known:
    """A vocabulary of a few words."""

    def __init__(self, *words):
        self.stems = [analyse(word)[0] for word in words]

    def frequencies(self, terms):
        return {term: int(term in self.stems) for term in terms}

    def similar_terms(self, stem):
        return [s for s in self.stems if s[:2] == stem[:2] and abs(len(s) - len(stem)) <= 1]


def matches(text, *known):
    """What the last content word of a question may stand for besides itself and its synonyms."""
    before = understand(text)
    after = interpret(before, Known(*known))
    return dict(set(after.terms[-1].matches) - set(before.terms[-1].matches))


def stem(word):
    return analyse(word)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Landespreventionsrat", "Landespräventionsrat"),
        ("Sicherheitsanalise", "Sicherheitsanalyse"),
        ("Preventionsrat", "Präventionsrat"),
    ],
)
def test_a_typing_error_is_forgiven(typed, meant):
    assert matches(f"Wer leitet den {typed}?", meant, "Umfrage").get(stem(meant)) == TYPO_MATCH


def test_an_unknown_compound_is_taken_apart():
    found = matches("Was gilt bei der Stadtratsumfrage?", "Stadtrat", "Umfrage")
    assert found == {stem("Stadtrat"): PART_MATCH, stem("Umfrage"): PART_MATCH}


def test_a_known_word_stays_as_it_is():
    assert matches("Was macht der Stadtrat?", "Stadtrat", "Stadtrad") == {}


def test_an_unlike_word_is_not_meant():
    assert matches("Was macht der Kanarienvogel?", "Kandidat", "Umfrage") == {}


def test_short_words_and_numbers_are_left_alone():
    assert matches("Was ist THW?", "Thema") == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wann hat Brakenthin unterschrieben?", True),
        ("Wer regiert in Brakenthin?", True),
        ("Welche Brakenthin gibt es?", False),
        ("Wie viel Geld ist in Rathäusern?", False),
        ("Was bringt uns für Nachbarschaftsfeste Geld?", False),
    ],
)
def test_a_word_without_article_that_no_dictionary_knows_is_a_name(text, named):
    terms = interpret(understand(text), Known("Rat")).terms
    assert any(term.name for term in terms) is named
