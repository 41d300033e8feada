"""What a Vermerk says, in order and in words; the writers of DOCX and PDF only set it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answers import Answer, Citation, CorpusState
from app.web.dates import show_date, show_published, show_range
from app.web.markup import kind_name, paragraphs
from app.web.strings import Strings, strings

# What no document format can hold, and marks that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"[ \t]*\n\s*")

_ITEM = "– "

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """How an answer came about: when it was asked, for which day, after which questions, by which service.

    `changed`: the answer that was shown was another one, since the collection has changed in the meantime.
    """

    asked: datetime.date
    made: datetime.date
    as_of: str | None = None
    history: tuple[str, ...] = ()
    service: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer; `item`: one of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One citation: its words, and the lines that say where they stand."""

    number: int
    text: str
    title: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """A Vermerk; `t` holds the words of its language for headings."""

    t: Strings
    title: str
    service: str
    about: tuple[Field, ...]
    short: str
    text: tuple[Line, ...]
    notes: tuple[str, ...]
    quotes: tuple[Quote, ...]
    corpus: tuple[Field, ...]
    corpus_note: str

    @property
    def language(self) -> str:
        """The language with its country, as document formats want it."""
        return "de-DE" if self.t.lang == "de" else "en-GB"


def make_memo(answer: Answer, state: CorpusState, occasion: Occasion) -> Memo:
    """The Vermerk of an answer, in the language of the answer."""
    t = strings(answer.language)
    notes = [t("memo_changed")] if occasion.changed else []
    return Memo(
        t=t,
        title=plain(t("memo_document_title", question=answer.question)),
        service=plain(occasion.service),
        about=_about(answer, occasion, t),
        short=plain(answer.lead),
        text=tuple(_line(plain(text)) for text in _own_words(answer)),
        notes=tuple(plain(note) for note in (*notes, *answer.notes)),
        quotes=tuple(_quote(citation, t) for citation in answer.citations),
        corpus=_corpus(state, t),
        corpus_note=_left_out(occasion, t),
    )


def plain(text: str) -> str:
    """Text on one line, without what a document cannot hold."""
    return _CONTROL.sub("", _BREAK.sub(" ", text)).strip()


def _about(answer: Answer, occasion: Occasion, t: Strings) -> tuple[Field, ...]:
    """Question, days and result; what does not apply is left out."""
    understood = answer.standalone_question.strip()
    mode = t(f"mode_{answer.mode}") if answer.status != "no_evidence" else ""
    made = occasion.made.isoformat() if occasion.made != occasion.asked else ""
    rows = [
        (t("memo_question"), answer.question),
        (t("memo_history"), " – ".join(occasion.history)),
        (t("memo_understood"), understood if understood != answer.question.strip() else ""),
        (t("memo_asked"), show_date(occasion.asked.isoformat(), t)),
        (t("memo_made"), show_date(made, t)),
        (t("memo_as_of_asked"), show_date(occasion.as_of or "", t)),
        (t("memo_result"), ", ".join(filter(None, (t(f"status_{answer.status}"), mode)))),
        (t("memo_as_of"), _day(answer, t)),
    ]
    return tuple((name, plain(text)) for name, text in rows if text)


def _day(answer: Answer, t: Strings) -> str:
    """The day that the answer holds for, or the range in which it lies."""
    return show_range(*answer.as_of_range, t) if answer.as_of_range else show_date(answer.as_of or "", t)


def _own_words(answer: Answer) -> list[str]:
    """The text below the short answer, without what stands among the quotes anyway."""
    details = answer.details
    for citation in answer.citations:
        alone = re.escape(f"»{citation.quote}« [{citation.number}]")
        details = re.sub(rf"(?:^|\n\n){alone}(?=\n\n|$)", "", details)
    return paragraphs(replace(answer, text=f"{answer.lead}\n\n{details.strip()}"))


def _line(text: str) -> Line:
    return Line(text.removeprefix(_ITEM), text.startswith(_ITEM))


def _quote(citation: Citation, t: Strings) -> Quote:
    document = citation.document
    page = t("page", page=citation.page) if citation.page is not None else ""
    marks = [document.note or "", "" if document.status == "current" else t(f"docstatus_{document.status}")]
    lines = [
        _joined(document.publisher, kind_name(document.kind, t), show_published(document.published, t), page),
        t("memo_file", file=document.source),
        document.url or "",
        _joined(*marks),
    ]
    return Quote(
        citation.number, plain(citation.quote), plain(document.title), tuple(plain(line) for line in lines if line)
    )


def _joined(*facts: str) -> str:
    return " · ".join(fact for fact in facts if fact)


def _corpus(state: CorpusState, t: Strings) -> tuple[Field, ...]:
    newest = show_date(state.newest, t) if state.newest else t("date_unknown")
    return ((t("memo_corpus_documents"), str(state.documents)), (t("memo_corpus_newest"), newest))


def _left_out(occasion: Occasion, t: Strings) -> str:
    return t("memo_corpus_as_of", date=show_date(occasion.as_of, t)) if occasion.as_of else ""


def file_stem(question: str) -> str:
    """A file name that tells what it is about: »vermerk-wann-ist-torgau-beigetreten«."""
    spelled = question.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    return "-".join(["vermerk", *_short_words(re.findall(r"[a-z0-9]+", spelled))])


def _short_words(words: Sequence[str], limit: int = 48) -> list[str]:
    kept: list[str] = []
    for word in words:
        if sum(map(len, kept)) + len(kept) + len(word) > limit:
            break
        kept.append(word)
    return kept
