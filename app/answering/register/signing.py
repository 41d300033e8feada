"""Who signed when a place joined, and who was only present. Nobody is made a signer who is not said to be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.draft import Draft
from app.answering.register.asked import Asked, words
from app.answering.register.finding import cite, day_of
from app.answering.register.joined import member_of
from app.answering.register.statements import Rows
from app.answering.values import shorten
from app.register.rows import Row
from app.register.sources import weight
from app.register.time import counts

SIGNED, PRESENT = "signed_by", "present"


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a joining with the row whose sentence names them."""

    label: str
    row: Row


@dataclass(frozen=True, slots=True)
class SigningFinding:
    """Signers and witnesses of one joining; without signers the source names none."""

    asked: Asked
    member: Row
    signers: Sequence[Named]
    present: Sequence[Named]
    witnesses: bool

    def write(self, draft: Draft) -> None:
        """The persons asked for, the others as a note, each with the sentence that names them."""
        wanted = self.present if self.witnesses else self.signers
        rows = [person.row for person in wanted] or [self.member]
        for row in rows:
            draft.line(draft.quoted(cite(draft, self.asked.statements, row)))
        draft.shorts.append(shorten("; ".join(p.label for p in wanted)) if wanted else draft.say("not_named"))
        draft.statuses.append("answered" if wanted else "partial")
        draft.holds_for(day_of(self.member, self.asked.language))
        if not self.witnesses and self.present:
            for person in self.present:
                draft.line(draft.quoted(cite(draft, self.asked.statements, person.row)))
            draft.note(draft.say("note_present", names=", ".join(person.label for person in self.present)))


def find_signing(asked: Asked) -> SigningFinding | None:
    """The finding of a question who signed, or who was there."""
    question = asked.question
    if question.kind != "person" or not (question.signing or question.witnesses) or asked.dated:
        return None
    member = member_of(asked)
    if member is None or not asked.only(words()["signing"]["explains"], subject=member.name):
        return None
    witnesses = question.witnesses and not question.signing
    for row in sorted(member.rows, key=lambda one: (not _names(one, SIGNED), weight(one.rank))):
        finding = _of_row(asked, row, witnesses=witnesses)
        if finding is not None:
            return finding
    return None


def _of_row(asked: Asked, row: Row, *, witnesses: bool) -> SigningFinding | None:
    """The finding of one document, if its sentences hold all names and there is something to say."""
    if not counts(row):
        return None
    wanted = PRESENT if witnesses else SIGNED
    unnamed = not witnesses and not _names(row, SIGNED) and "signer" in row.fact.attributes
    if not _names(row, wanted) and not unnamed:
        return None
    people = asked.statements.rows(["person"], documents=[row.entry.document_id], as_of=asked.as_of)
    found = {role: _named(_names(row, role), row, people) for role in (SIGNED, PRESENT)}
    if any(found[role] is None for role in (SIGNED, PRESENT)):
        return None
    return SigningFinding(asked, row, found[SIGNED] or (), found[PRESENT] or (), witnesses)


def _names(row: Row, role: str) -> Sequence[str]:
    named = row.fact.attributes.get(role, [])
    return [named] if isinstance(named, str) else named


def _named(names: Sequence[str], member: Row, people: Rows) -> list[Named] | None:
    """Each name with its office as its document writes both; None where a name stands in no sentence at hand."""
    found = []
    for name in names:
        row = next((one for one in people if one.fact.subject == name and counts(one)), member)
        if name not in " ".join(row.entry.quote.split()):
            return None
        office = row.fact.value if row is not member else ""
        found.append(Named(f"{name} ({office})" if office else name, row))
    return found
