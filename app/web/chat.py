"""The conversation as a Gradio app: question box, streamed answer, earlier turns.

Only components that work without eval are used (`gr.HTML` does not). Earlier turns and the current one are two
Markdown components, so that a streaming answer never redraws what someone is reading above it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from app.answers import Answer
from app.web.asked import Asked
from app.web.dates import parse_date
from app.web.markup import answer_html, as_of_asked, busy_html, error_html, piece_count, turn
from app.web.service import QUESTION_LIMIT, Service
from app.web.strings import Strings
from ingest.errors import AuskunftError

HISTORY = 5
KEPT_TURNS = 30
STATE_SECONDS = 3600
CONCURRENT_ANSWERS = 4
WAITING_QUESTIONS = 64
_log = logging.getLogger("auskunft.web")


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one browser tab has asked: questions for follow-ups, finished turns as HTML."""

    questions: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()

    def with_turn(self, question: str | None, html: str) -> Conversation:
        """The conversation after one more turn; a question that failed is no context for the next."""
        questions = self.questions if question is None else (*self.questions, question)[-HISTORY:]
        return Conversation(questions, (*self.turns, html)[-KEPT_TURNS:])


@dataclass(frozen=True, slots=True)
class Chat:
    """The event handlers of one language."""

    service: Service
    t: Strings

    def ask(self, question: str, as_of: str, talk: Conversation) -> Iterator[tuple[Any, ...]]:
        """Streams (earlier turns, current turn, question box, conversation): busy, then piece by piece."""
        question = (question or "").strip()
        refusal, day = self._refusal(question, as_of or "")
        if refusal:
            yield gr.skip(), refusal, gr.skip(), gr.skip()
            return
        above, note = "".join(talk.turns), as_of_asked(day, self.t)
        yield above, turn(question, note + busy_html(self.t), self.t), "", gr.skip()
        asked: str | None = question
        try:
            answer = self.service.ask(question, talk.questions, day, self.t.lang)
            asked_for = Asked(question, talk.questions, day, self.t.lang, date.today())
            for body in stream(answer, self.t, asked_for):
                html = turn(question, note + body, self.t)
                yield gr.skip(), html, gr.skip(), gr.skip()
        except AuskunftError as error:
            asked, html = None, turn(question, error_html(error.message, error.hint, self.t), self.t)
        except Exception:
            _log.exception("answering failed")
            message, hint = self.t("error_unexpected"), self.t("error_unexpected_hint")
            asked, html = None, turn(question, error_html(message, hint, self.t), self.t)
        yield gr.skip(), html, gr.skip(), talk.with_turn(asked, html)

    def restart(self) -> tuple[Any, ...]:
        """An empty conversation."""
        return "", "", "", "", Conversation()

    def _refusal(self, question: str, as_of: str) -> tuple[str, str | None]:
        """HTML that says why a question is not taken (or nothing), and the as-of date in ISO."""
        t = self.t
        day = parse_date(as_of) if as_of.strip() else None
        if not question:
            return error_html(t("error_empty"), "", t), None
        if len(question) > QUESTION_LIMIT:
            message = t("error_long", count=len(question), limit=QUESTION_LIMIT)
            return error_html(message, t("error_long_hint"), t), None
        if as_of.strip() and day is None:
            return error_html(t("error_as_of", value=as_of.strip()), t("error_as_of_hint"), t), None
        return "", day


def stream(answer: Answer, t: Strings, asked: Asked | None = None) -> Iterator[str]:
    """The answer as it grows by whole pieces; the last one has sources and tools."""
    for shown in range(piece_count(answer) + 1):
        yield answer_html(answer, t, shown)
    yield answer_html(answer, t, asked=asked)


def build_chat(service: Service, t: Strings) -> gr.Blocks:
    """The Gradio app of one language."""
    chat = Chat(service, t)
    with gr.Blocks(title=service.settings.title, analytics_enabled=False, fill_width=True) as blocks:
        talk = gr.State(Conversation(), time_to_live=STATE_SECONDS)
        above = _output("verlauf")
        current = _output("lauf")
        question, as_of, send, restart = _form(t)
        gr.on(
            [question.submit, send.click],
            chat.ask,
            [question, as_of, talk],
            [above, current, question, talk],
            show_progress="hidden",
            trigger_mode="once",
            concurrency_limit=CONCURRENT_ANSWERS,
            api_visibility="private",
        )
        restart.click(
            chat.restart,
            None,
            [above, current, question, as_of, talk],
            show_progress="hidden",
            api_visibility="private",
        )
    blocks.queue(max_size=WAITING_QUESTIONS, default_concurrency_limit=CONCURRENT_ANSWERS)
    return blocks


def _output(name: str) -> gr.Markdown:
    return gr.Markdown(elem_id=name, sanitize_html=True, latex_delimiters=[], line_breaks=False)


def _form(t: Strings) -> tuple[gr.Textbox, gr.Textbox, gr.Button, gr.Button]:
    with gr.Column(elem_id="formular"):
        question = gr.Textbox(
            label=t("ask_label"),
            placeholder=t("ask_placeholder"),
            lines=1,
            max_lines=8,
            elem_id="frage",
            autofocus=True,
        )
        with gr.Row(elem_id="zeile"):
            as_of = gr.Textbox(
                label=t("ask_as_of"),
                placeholder=t("ask_as_of_placeholder"),
                max_lines=1,
                elem_id="stand",
            )
            restart = gr.Button(t("ask_new"), variant="secondary", elem_id="neu")
            send = gr.Button(t("ask_send"), variant="primary", elem_id="senden")
    return question, as_of, send, restart


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with the fonts of the system: no font is fetched."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
