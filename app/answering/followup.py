"""Follow-up questions: what a short question leaves out is taken from the questions before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answering.question import Question, asks, compiled, understand, words
from app.data import load
from index.lexical import analyse

_OPENER = re.compile(
    r"^(?:(?:(?:und|and)\s+)?(?:what about|how about|was ist mit|wie (?:ist|sieht) es (?:mit|in|aus mit))\s+"
    r"|(?:und|aber|oder|also|ok(?:ay)?|gut|danke|and|but|so)[\s,]+)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:wenn|falls|sofern|if)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_SMALL = re.compile(
    r"^(?:in|für|bei|von|aus|im|wie|ist|sieht|es|aus|was|mit|war|der|die|das|stadt|gemeinde|dort|about|for|what|how|auch|steht|es|um)$",
    re.IGNORECASE,
)


def resolve(text: str, history: Sequence[str], language: str | None = None) -> str:
    """A question that can stand alone, built from `text` and the earlier questions (oldest first)."""
    current = text.strip()
    if not history or (not analyse(_OPENER.sub("", current)) and not _TOKEN.search(_OPENER.sub("", current))):
        return current
    context = resolve(history[-1], history[:-1], language)
    earlier = understand(context, language)
    now = understand(_OPENER.sub("", current), language)
    if not _leans(current, now):
        return current
    if _only_names(now):
        return _exchange(context, earlier, now)
    return _complete(now, earlier)


def _leans(current: str, now: Question) -> bool:
    """Whether a question needs the one before it."""
    tokens = {token.casefold() for token in _TOKEN.findall(current)}
    if _OPENER.match(current):
        return True
    if now.places or now.private or now.override:
        return False
    if tokens & words("anaphora"):
        return True
    content = [term for term in now.terms if not term.light or term.programme]
    return len(content) < 2 and now.kind != "definition"


def _only_names(now: Question) -> bool:
    """»Und in Lohsa?«, »Und 2021?«: nothing but a new place or period."""
    if not now.places and not now.dates:
        return False
    named = [(m.start, m.end) for m in now.places] + [(m.start, m.end) for m in now.dates]
    rest = "".join(char for i, char in enumerate(now.text) if not any(start <= i < end for start, end in named))
    return all(_SMALL.match(token) for token in _TOKEN.findall(rest))


def _exchange(context: str, earlier: Question, now: Question) -> str:
    """The earlier question with the new place or period in place of the old one."""
    text = earlier.text
    old = earlier.places if now.places else earlier.dates
    new = now.places or now.dates
    replacement = now.text[new[0].start : new[-1].end]
    if old:
        return text[: old[0].start] + replacement + text[old[-1].end :]
    return f"{text.rstrip(' ?')} {'in ' if now.places else ''}{replacement}?"


def _says_no_question(now: Question) -> bool:
    """»Und die Jüngsten?«: what is asked of them is asked by the question before."""
    begins = compiled(load("questions")["words"]["verbs_first"]).match(now.text)
    return not asks(now.text) and not begins and not _CONDITION.match(now.text)


def _complete(now: Question, earlier: Question) -> str:
    """The new question with the subject of the earlier one in brackets."""
    borrowed = [asks(earlier.own) or asks(earlier.text)] if _says_no_question(now) else []
    if not now.places:
        borrowed += [earlier.text[p.start : p.end] for p in earlier.places]
    known = {term.stem for term in now.terms}
    carried = sorted((t for t in earlier.terms if not t.light and t.stem not in known), key=lambda t: not t.noun)
    topics = [term.text for term in carried]
    few = len(now.focus) < 2 or not earlier.places
    if few:
        borrowed += topics[:3]
    elif not borrowed:
        borrowed += topics[:2]
    told = set(analyse(now.text))
    borrowed = [word for word in dict.fromkeys(borrowed) if word and (asks(word) or not set(analyse(word)) <= told)]
    if not borrowed:
        return now.text
    question = now.text.rstrip(" ?.")
    if not question:
        return now.text
    return f"{question[0].upper()}{question[1:]} ({', '.join(borrowed)})?"
