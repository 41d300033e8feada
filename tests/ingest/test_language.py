import pytest
from support.documents import read

from ingest.language import language_of

TEXTS = {
    "de": "Die Stadt Musterau ist dem Verbund beigetreten. Der Rat hatte im Mai zugestimmt, und die Verwaltung wird "
    "nun mit der Polizei und den Schulen einen Plan für das kommende Jahr aufstellen.",
    "en": "The town of Musterau has joined the network. The council agreed in May, and the administration will now "
    "draw up a plan for the coming year with the police and the schools.",
    "fr": "La ville de Musterau a rejoint le réseau. Le conseil a donné son accord en mai, et la mairie va maintenant "
    "préparer un plan pour l'année à venir avec la police et les écoles.",
    "pl": "Miasto Musterau przystąpiło do związku. Rada wyraziła zgodę w maju, a urząd przygotuje teraz plan na "
    "przyszły rok, który będzie uzgodniony z policją oraz szkołami. Nie jest to jednak koniec prac.",
    "cs": "Město Musterau vstoupilo do sdružení. Rada souhlasila v květnu a úřad nyní připraví plán na příští rok, "
    "který bude projednán s policií a školami. To však není konec, protože se na plánu bude dále pracovat.",
    "hsb": "Město Musterau je do zwjazka zastupiło. Rada je w meji přihłosowała a zarjadnistwo budźe nětko z policiju "
    "a ze šulemi plan za přichodne lěto wudźěłać, kiž ma so hišće wobzamknyć. To pak njeje kónc dźěła.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_languages(language):
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "The end", "12 34 56", "Musterau – Fabelstadt"])
def test_too_short_to_tell_is_german(text):
    assert language_of(text) == "de"


def test_a_list_of_names_is_german():
    assert language_of("Musterau Fabelstadt Erdachtau Probehausen " * 10) == "de"


def test_what_a_file_declares_holds_unless_the_text_says_otherwise():
    assert language_of("The end", "en-GB") == "en"
    assert language_of(TEXTS["de"], "en-US") == "de"
    assert language_of(TEXTS["hsb"], "hsb") == "hsb"
    assert language_of("Musterau", "") == "de"


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_document(language):
    assert read(f"Musterau\n\n{TEXTS[language]}\n").language == language


def test_a_page_that_declares_the_wrong_language():
    page = f'<html lang="en-US"><body><h1>Musterau tritt bei</h1><p>{TEXTS["de"]}</p></body></html>'
    assert read(page, "a.html").language == "de"


def test_a_quoted_foreign_name_changes_nothing():
    assert language_of(TEXTS["de"] + " Das Motto war »The best of the best is yet to come for all of us«.") == "de"
