"""The Vermerk over HTTP: the answer that was shown, as a file, and nothing kept."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import docx
import httpx
import pypdfium2
import pytest

from app.access import hash_password
from app.assistant import Assistant
from app.settings import Maintainer, Settings
from app.web.application import make_service
from app.web.asked import LONGEST, Asked, fingerprint, read_asked
from app.web.markup import answer_html
from app.web.questionlog import LOG_NAME
from app.web.strings import strings
from ingest.errors import InputError

JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"
FOLLOW_UP = "Und wer hat unterzeichnet?"
TODAY = datetime.date.today()


def text_of(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    if response.headers["content-type"] == "application/pdf":
        with pypdfium2.PdfDocument(response.content) as pdf:
            return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    return " ".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)


def links(running: Any, asked: Asked) -> dict[str, str]:
    """The addresses under an answer, by their words."""
    t = strings(asked.lang)
    answer = running.service.answer_again(asked)
    markup = answer_html(answer, t, asked=asked)
    return {text: unescape(href) for href, text in re.findall(r'<a class="knopf[^"]*" href="([^"]+)">([^<]+)', markup)}


def asked(question: str = JOINED, **more: Any) -> Asked:
    return replace(Asked(question, (), None, "de", TODAY), **more)


@pytest.mark.parametrize("words", ["Vermerk (Word)", "Vermerk (PDF)"])
def test_the_link_under_an_answer_gives_that_answer(client: httpx.Client, running: Any, words: str) -> None:
    response = client.get(links(running, asked())[words])
    expected = client.post("/api/v1/ask", json={"question": JOINED}).json()
    text = text_of(response)
    assert JOINED in text
    assert expected["short"] in text
    assert f"»{expected['citations'][0]['quote']}«" in text
    assert "hat sich die Sammlung geändert" not in text
    assert re.fullmatch(
        r'attachment; filename="vermerk-wann-hat-torgau-[a-z-]+\.(docx|pdf)"', response.headers["content-disposition"]
    )
    assert response.headers["cache-control"] == "no-store"


def test_history_is_respected(client: httpx.Client, running: Any) -> None:
    text = text_of(client.get(links(running, asked(FOLLOW_UP, history=(JOINED,)))["Vermerk (PDF)"]))
    assert "Romina Barth" in text
    assert f"Zuvor gefragt: {JOINED}" in text
    assert "Verstanden als: " in text
    assert "Verstanden als: " not in text_of(client.get("/vermerk.pdf", params={"frage": FOLLOW_UP}))


def test_as_of_and_day_of_asking_are_respected(client: httpx.Client, running: Any) -> None:
    money = "Wie viele Fördermittel wurden in Torgau zur Verfügung gestellt?"
    early = asked(money, as_of="2020-01", day=datetime.date(2026, 1, 2))
    text = text_of(client.get(links(running, early)["Vermerk (PDF)"]))
    assert "Nicht belegt" in text
    assert "Stand-Datum: Januar 2020" in text
    assert "Gefragt am: 02.01.2026" in text
    assert "160.000" in text_of(client.get(links(running, asked(money))["Vermerk (PDF)"]))


def test_language_is_that_of_the_page(client: httpx.Client, running: Any) -> None:
    found = links(running, asked(lang="en"))
    assert set(found) == {"Memo (Word)", "Memo (PDF)", "Not right?"}
    assert "Verbatim evidence" in text_of(client.get(found["Memo (Word)"]))


def test_another_answer_than_the_one_shown_says_so(client: httpx.Client, running: Any) -> None:
    address = links(running, asked())["Vermerk (PDF)"]
    assert "hat sich die Sammlung geändert" in text_of(client.get(re.sub("kennung=.{4}", "kennung=0000", address)))


def test_a_long_conversation_fits_into_an_address(client: httpx.Client, running: Any) -> None:
    long = asked(FOLLOW_UP, history=(*["Füllwort " * 200] * 4, JOINED))
    address = links(running, long)["Vermerk (PDF)"]
    assert len(address) < LONGEST + 50
    assert "Romina Barth" in text_of(client.get(address))


@pytest.mark.parametrize(
    "query", ["", "frage=+", "frage=Was&stand=neulich", f"frage={'x' * 2001}", f"frage=Was&verlauf={'x' * 2001}"]
)
def test_addresses_that_ask_nothing_are_refused(client: httpx.Client, query: str) -> None:
    response = client.get(f"/vermerk.pdf?{query}")
    assert response.status_code == 422
    assert "<h1>" in response.text


def test_a_day_that_is_not_yet_is_today() -> None:
    class Given(dict[str, str]):
        def getlist(self, _key: str) -> list[str]:
            return []

    assert read_asked(Given(frage="Was?", am="2999-01-01"), "de", TODAY).day == TODAY
    assert read_asked(Given(frage="Was?", am="gestern"), "de", TODAY).day == TODAY
    with pytest.raises(InputError):
        read_asked(Given(), "de", TODAY)


def test_fingerprint_is_of_what_is_said_not_of_how_it_was_asked(running: Any) -> None:
    answer = running.service.answer_again(asked())
    assert fingerprint(answer) == fingerprint(replace(answer, question="anders", timings_ms={"total": 1.0}))
    assert fingerprint(answer) != fingerprint(replace(answer, notes=("neu",)))


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_api(client: httpx.Client, format: str) -> None:
    body = {"question": FOLLOW_UP, "history": [JOINED], "lang": "de", "format": format}
    text = text_of(client.post("/api/v1/vermerk", json=body))
    assert "Romina Barth" in text
    assert "Dokumente:" in text


def test_api_writes_pdf_unless_told_and_refuses_other_formats(client: httpx.Client) -> None:
    assert client.post("/api/v1/vermerk", json={"question": JOINED}).content.startswith(b"%PDF")
    refused = client.post("/api/v1/vermerk", json={"question": JOINED, "format": "odt"})
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[tuple[str, Path]]:
    """A server that asks for a login and writes questions down."""
    data = tmp_path_factory.mktemp("public")
    settings = Settings(
        data=data, imprint="I", privacy="P", log_questions=True, maintainers=(Maintainer("anna", hash_password("K")),)
    )
    with Assistant(settings) as assistant:
        service = make_service(assistant, "0.0.0.0")
        with serving(service) as url:
            yield url, data


def test_a_server_that_asks_for_a_login_does_so_here(public: tuple[str, Path]) -> None:
    response = httpx.get(f"{public[0]}/vermerk.pdf", params={"frage": "Was?"})
    assert (response.status_code, response.headers["location"]) == (303, "/anmelden?ziel=/vermerk.pdf")


def test_a_vermerk_is_no_new_question_and_leaves_nothing_behind(public: tuple[str, Path]) -> None:
    url, data = public
    with httpx.Client(base_url=url, timeout=60) as client:
        client.post("/anmelden", data={"name": "anna", "password": "K"})
        client.get("/vermerk.pdf", params={"frage": "Was ist das?"})  # the first question opens the index
        before = {path.name for path in data.rglob("*")}
        response = client.get("/vermerk.docx", params={"frage": "Was kostet ein Hubschrauber?"})
        assert "keine Stelle" in text_of(response)
    assert {path.name for path in data.rglob("*")} == before
    assert not (data / LOG_NAME).exists()
