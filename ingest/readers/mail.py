"""Mails (.eml): the message as body, what it quotes and the card of the sender apart (`ingest/data/mail.toml`)."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import parseaddr

from ingest.data import load
from ingest.errors import UnreadableFile
from ingest.readers.html import mail_blocks
from ingest.readers.mail_parts import Parts, header, sent_on, take_apart
from ingest.readers.mail_quotes import apart
from ingest.readers.text import paragraphs
from ingest.types import Block, RawDocument


def read_mail(data: bytes, name: str) -> RawDocument:
    """Blocks of a mail: subject as heading, header fields, message. Attachments are files (`ingest.archives`).

    A mail that only carries attachments has its header fields as body, so that it can be found.

    Raises:
        UnreadableFile: the bytes are no mail.
    """
    parts = take_apart(data, name)
    subject = header(parts.message, "Subject")
    fields = _fields(parts)
    text = apart(_blocks(parts, name), forwarded=subject.startswith(tuple(load("mail")["forward_prefixes"])))
    empty = not any(block.role is None for block in text)
    title = [Block((subject,), level=1)] if subject else []
    if empty and not fields and not title:
        raise UnreadableFile(f"»{name}« enthält weder Text noch Absender, Betreff oder Anlagen.")
    head = [Block((line,), role="body" if empty else "furniture") for line in fields]
    return RawDocument((*title, *head, *text), _meta(parts.message, subject))


def _blocks(parts: Parts, name: str) -> list[Block]:
    """The texts of the mail as blocks, before quoted parts are told apart."""
    blocks: list[Block] = []
    for kind, text in parts.texts:
        if kind == "text/plain" or "<" not in text:
            blocks.extend(Block(lines) for lines in paragraphs(text))
        elif text.strip():
            try:
                blocks.extend(mail_blocks(text, name))
            except UnreadableFile:  # an empty version in HTML beside a text
                continue
    return blocks


def _fields(parts: Parts) -> list[str]:
    """The header fields that people look at, with German names, and the names of the attachments."""
    labels = load("mail")["labels"]
    found = {field: header(parts.message, field) for field in ("from", "to", "date", "subject")}
    found["attachments"] = ", ".join(attachment.name for attachment in parts.attachments)
    return [f"{labels[field]}: {value}" for field, value in found.items() if value]


def _meta(message: EmailMessage, subject: str) -> dict[str, str]:
    name, address = parseaddr(header(message, "From"))
    publisher = header(message, "Organization") or name.strip("'\" ") or address.partition("@")[2]
    meta = {"kind": "mail", "title": subject, "date": sent_on(message), "publisher": publisher}
    return {key: value for key, value in meta.items() if value}
