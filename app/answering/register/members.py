"""Who joined: the list of members that the documents name, and how many they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.answering.draft import Day, Draft
from app.answering.register.asked import Asked, words
from app.answering.register.finding import (
    brief,
    cite,
    day_of,
    day_words,
    details,
    figure,
    label,
    marks,
    show_marks,
    supported,
    written,
)
from app.answering.register.points import points
from app.answering.register.statements import Rows
from app.answering.values import LIMIT, shorten
from app.answers import Figure
from app.register.counts import Member, members
from app.register.rows import Row
from app.register.same import Key, subject_key
from app.register.time import Span, counts
from index.filters import day_span

LONGEST = 60  # lines of a list; all rows are in the register
MEASURE = "members"


@dataclass(frozen=True, slots=True)
class MembersFinding:
    """Members in the order of their names; `others` only took part, `counted` says that their number was asked for."""

    asked: Asked
    found: Sequence[Member]
    undated: int
    others: Rows
    stated: Row | None
    counted: bool

    def write(self, draft: Draft) -> None:
        """The computed number, each name with its day and source, and what the list rests on."""
        numbers = [cite(draft, self.asked.statements, member.best) for member in self.found[:LONGEST]]
        for member, number in zip(self.found, numbers, strict=False):
            draft.line(f"– {self._named(draft, member)} [{number}]")
        self._count(draft, numbers[0])
        self._stated(draft)
        draft.statuses.append("answered")
        draft.holds_for(_newest(self.asked, self.found))
        if len(self.found) > LONGEST:
            draft.note(draft.say("note_more_in_register", number=len(self.found) - LONGEST))
        draft.note(draft.say("note_coverage", documents=self.asked.documents))
        draft.note(draft.say("absence"))
        if self.undated:
            draft.note(draft.say("note_members_undated", number=self.undated))
        if self.others:
            early = sum(row.fact.attributes.get("stage") in words()["members"]["preliminary"] for row in self.others)
            draft.note(draft.say("note_not_members", number=len(self.others)))
            if early:
                draft.note(draft.say("note_not_members_early", number=early))
        show_marks(draft, "register_compare", "")

    def _named(self, draft: Draft, member: Member) -> str:
        model = draft.say("register_model") if only_model(member) else ""
        day = day_words(member.best, member.joined) if member.joined else draft.say("register_day_unknown")
        district = "" if self.asked.district or member.district in ("", member.name) else member.district
        return f"{', '.join(filter(None, (member.name, district)))}: {' – '.join(filter(None, (model, day)))}"

    def _count(self, draft: Draft, citation: int) -> None:
        number = len(self.found)
        draft.figures.append(
            Figure(
                measure=MEASURE, value=number, unit=draft.say("register_members_unit"), citation=citation,
                derived=draft.say("register_derived_count", documents=self.asked.documents),
            )
        )  # fmt: skip
        names = ", ".join(member.name for member in self.found)
        if self.counted and self.stated is not None:
            names = f"{written(self.stated)} ({brief(self.stated, self.asked)})"
            short = draft.say("register_members_stated", number=number, documents=self.asked.documents, stated=names)
        else:
            name = "register_members_count" if self.counted else "register_members"
            short = draft.say(name, number=number, documents=self.asked.documents, names=names)
        draft.shorts.append(shorten(short, LIMIT))

    def _stated(self, draft: Draft) -> None:
        if self.stated is not None:
            number = cite(draft, self.asked.statements, self.stated)
            draft.figures.append(figure(self.stated, number))
            value = f"{written(self.stated)} ({details(self.stated, self.asked.language)})"
            measure = label(self.stated.fact.measure, self.asked.language)
            shown = marks(draft, self.asked, self.stated)
            draft.note(draft.say("note_members_stated", measure=measure, value=value, number=shown))


def find_members(asked: Asked) -> MembersFinding | None:
    """The finding of a question for the list of members or their number, also of a district or a year."""
    rules = words()["members"]
    counted = asked.question.kind == "figure" and asked.counts(rules["count"])
    listed = asked.says(rules["list"]) and not asked.says(rules["not_list"]) and asked.question.kind != "figure"
    if not (counted or listed) or not asked.says(rules["pattern"]) or asked.towns or asked.elsewhere:
        return None
    if asked.question.places and not asked.district:
        return None
    if asked.period is None or asked.question.quantities or not asked.only(rules["explains"]):
        return None
    rows = asked.statements.rows(["member"], as_of=asked.as_of)
    everyone = asked.statements.worked_out(("members", asked.as_of), lambda: members(rows))
    found = [member for member in everyone if _wanted(asked, member)]
    dated = [member for member in found if in_period(member, asked.period)] if asked.dated else found
    if not dated:
        return None
    whole = not asked.dated and not asked.district and not asked.says(rules["model"])
    row = _stated_row(asked) if whole else None
    undated = sum(member.joined is None for member in found) if asked.dated else 0
    others = _others(asked, everyone) if not asked.says(rules["model"]) else ()
    return MembersFinding(asked, tuple(dated), undated, others, row, counted)


def _stated_row(asked: Asked) -> Row | None:
    """The newest total that a document states, if the sentence cited for it holds it."""
    stated = next((found for name in words()["members"]["stated"] if (found := points(asked, name))), None)
    return stated.main if stated and supported(stated.main, written(stated.main), asked.statements) else None


def in_period(member: Member, period: Span | None) -> bool:
    """Whether a member joined in a period."""
    if period is None or not member.joined:
        return False
    first, last = day_span(member.joined)
    return period[0] <= first and last <= period[1]


def _wanted(asked: Asked, member: Member) -> bool:
    rules = words()["members"]
    if asked.district and not _key_of(member.best).startswith(asked.district):
        return False
    if asked.says(rules["model"]):
        return any(_is_model(row) for row in member.rows)
    return not (asked.says(rules["agreement"]) and only_model(member))


def _is_model(row: Row) -> bool:
    return bool(row.fact.attributes.get("agreement") == words()["members"]["model_agreement"])


def only_model(member: Member) -> bool:
    """Whether a member was there from the start, and no document names an agreement of its own."""
    return all(_is_model(row) for row in member.rows)


def _others(asked: Asked, everyone: Sequence[Member]) -> Rows:
    """Who took part in some way (in the district asked about) and is on no list of members, each once."""

    def made() -> list[Row]:
        return list(_participants(asked, {subject_key(member.best.fact) for member in everyone}))

    found: list[Row] = asked.statements.worked_out(("participants", asked.as_of), made)
    return tuple(row for row in found if not asked.district or _key_of(row).startswith(asked.district))


def _participants(asked: Asked, joined: set[Key]) -> Iterable[Row]:
    """One row for each place; the one about a preliminary agreement says most."""
    found: dict[Key, Row] = {}
    for row in asked.statements.rows(["participant"], as_of=asked.as_of):
        key = subject_key(row.fact)
        better = key not in found or row.fact.attributes.get("stage") in words()["members"]["preliminary"]
        if counts(row) and key not in joined and better:
            found[key] = row
    return found.values()


def _key_of(row: Row) -> str:
    return (row.fact.place.ags if row.fact.place else None) or ""


def _newest(asked: Asked, found: Sequence[Member]) -> Day:
    dated = [member.best for member in found if member.best.fact.as_of]
    row = max(dated, key=lambda one: one.fact.as_of or "", default=found[0].best)
    return day_of(row, asked.language)
