"""What somebody asked, in an address: with it the same answer is given again, and nothing needs to be kept.

The parameters are plain. A link can ask whatever anybody could type; what is answered, the documents decide.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from app.answers import Answer
from ingest.errors import InputError

# Browsers and servers part with longer addresses; then what was understood takes the place of the conversation.
LONGEST = 4000
QUESTION_LENGTH = 2000
EARLIER = 20
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Parameters(Protocol):
    """A query or a form."""

    def get(self, key: str, /) -> object: ...

    def getlist(self, key: str, /) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that its answer depends on; `shown` is the fingerprint of the answer that was given."""

    question: str
    history: tuple[str, ...]
    as_of: str | None
    lang: str
    day: datetime.date
    shown: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of an address or a form, without the language: the path names it."""
        found = [("frage", self.question), *(("verlauf", question) for question in self.history)]
        found += [("stand", self.as_of)] if self.as_of else []
        return [*found, ("am", self.day.isoformat()), ("kennung", self.shown)]

    def query(self, answer: Answer) -> str:
        """The query part of an address that leads to `answer` again."""
        kept = Asked(self.question, self.history, self.as_of, self.lang, self.day, fingerprint(answer))
        found = urlencode(kept.pairs())
        if len(found) <= LONGEST or not self.history:
            return found
        return Asked(answer.standalone_question, (), self.as_of, self.lang, self.day).query(answer)

    def differs(self, answer: Answer) -> bool:
        """Whether another answer than this one was shown."""
        return bool(self.shown) and self.shown != fingerprint(answer)


def fingerprint(answer: Answer) -> str:
    """Changes with everything that an answer says and cites, and not with how it was asked."""
    cited = [(citation.document.id, citation.start, citation.end) for citation in answer.citations]
    said = [answer.status, answer.text, answer.notes, answer.as_of, cited]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def read_asked(given: Parameters, lang: str, today: datetime.date) -> Asked:
    """What an address or a form asks for. Raises InputError."""
    question = _text(given.get("frage")).strip()
    history = tuple(_text(entry) for entry in given.getlist("verlauf"))[-EARLIER:]
    as_of = _text(given.get("stand")) or None
    if not question:
        raise InputError("In dieser Adresse fehlt die Frage.", "Bitte den Link unter der Antwort benutzen.")
    if max(map(len, (question, *history))) > QUESTION_LENGTH:
        raise InputError(f"Eine Frage hat höchstens {QUESTION_LENGTH} Zeichen.")
    if as_of and not _DAY.fullmatch(as_of):
        raise InputError("Das Stand-Datum in dieser Adresse ist keines.", "Gemeint ist eine Angabe wie 2022-07-22.")
    return Asked(question, history, as_of, lang, _day(_text(given.get("am")), today), _text(given.get("kennung"))[:16])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(text: str, today: datetime.date) -> datetime.date:
    """The day of asking: today, unless the address names an earlier one."""
    try:
        return min(datetime.date.fromisoformat(text), today)
    except ValueError:
        return today
