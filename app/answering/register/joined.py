"""When one place joined, and whether it did. Absence of a row is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.draft import Draft
from app.answering.question import compiled
from app.answering.register.asked import Asked, words
from app.answering.register.finding import cite, day_of, day_words, note_conflicts, supported
from app.answering.register.members import in_period, only_model
from app.answering.register.statements import Rows
from app.register.counts import Member, members
from app.register.rows import Row
from app.register.time import counts
from ingest.german.dates import find_dates


@dataclass(frozen=True, slots=True)
class JoinedFinding:
    """A member with the row that shows its day best; `early` are preliminary agreements of the same place."""

    asked: Asked
    member: Member
    shown: Row
    early: Rows

    def write(self, draft: Draft) -> None:
        """The day, or the range it lies in, and the sentences that say it."""
        yes = self.asked.question.kind == "yesno"
        language, best = self.asked.language, self.member.best
        for row in (best, self.shown):
            draft.line(draft.quoted(cite(draft, self.asked.statements, row)))
        day = day_of(best, language)
        if self.member.joined:
            date = day_words(self.shown, self.member.joined)
            name = "register_is_member" if yes else "register_joined"
            draft.shorts.append(draft.say(name, name=self.name, date=date))
            draft.statuses.append("answered")
            today = compiled(words()["joined"]["today"]).search(self.shown.entry.quote)
            if today and not _holds(self.shown, self.member.joined):
                draft.note(draft.say("note_today", date=date))
        else:
            draft.shorts.append(
                draft.say("register_is_member_undated" if yes else "register_joined_undated", name=self.name)
            )
            draft.note(draft.say("note_day_unknown", range=day.shown))
            draft.statuses.append("answered" if yes else "partial")
        draft.holds_for(day)
        for row in self.early:
            number = cite(draft, self.asked.statements, row)
            draft.line(draft.quoted(number))
            draft.note(draft.say("note_preliminary", date=day_of(row, language).shown, number=number))
        if only_model(self.member):
            draft.note(draft.say("note_model", name=self.name))
        note_conflicts(draft, self.asked, ("joined", self.name), self.member.rows)

    @property
    def name(self) -> str:
        """The place as its row names it."""
        return self.member.name


def member_of(asked: Asked) -> Member | None:
    """The one member that the question names."""
    if any(mention.role != "municipality" for mention in asked.question.places):
        return None
    found = members(asked.of_place(["member"])[1])
    return found[0] if len(found) == 1 else None


def find_joined(asked: Asked) -> JoinedFinding | None:
    """The finding of a question when a place joined, or whether."""
    rules = words()["joined"]
    kind = asked.question.kind
    if kind not in ("date", "yesno") or not asked.says(rules["pattern"]):
        return None
    member = member_of(asked)
    if member is None or not asked.only(rules["explains"], subject=member.name):
        return None
    if asked.question.quantities or asked.period is None:
        return None
    if asked.dated and not in_period(member, asked.days):
        return None
    shown = _showing(asked, member)
    if shown is None:
        return None
    _, others = asked.of_place(["participant"])
    early = words()["members"]["preliminary"]
    return JoinedFinding(asked, member, shown, tuple(r for r in others if _early(r, early)))


def _early(row: Row, stages: Sequence[str]) -> bool:
    return counts(row) and row.fact.attributes.get("stage") in stages


def _showing(asked: Asked, member: Member) -> Row | None:
    """A row of the best one's document whose sentence (or whose date) holds the day; None if none does."""
    best = member.best
    if not member.joined:
        return best
    place, documents = best.fact.place, [best.entry.document_id]
    keys = [place.ags] if place and place.ags else []
    events = asked.statements.rows(["event"], places=keys, documents=documents, as_of=asked.as_of) if keys else ()
    same = [row for row in events if row.fact.value == member.joined and counts(row)]
    joined = member.joined
    rows = [row for row in (best, *same) if supported(row, day_words(row, joined), asked.statements)]
    return min(rows, key=lambda row: (not _holds(row, joined), row is not best), default=None)


def _holds(row: Row, day: str) -> bool:
    """Whether the sentence itself names the day."""
    return any(mention.iso == day for mention in find_dates(row.entry.quote))
