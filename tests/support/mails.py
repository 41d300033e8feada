"""Mails for tests, made with the standard library."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage

SENTENCE = "Die Stadt Musterau ist dem Verbund beigetreten."


def mail(
    text: str = SENTENCE + "\n",
    *,
    subject: str = "Musterau tritt bei",
    html: str = "",
    charset: str = "utf-8",
    files: Mapping[str, bytes] | None = None,
    fields: Mapping[str, str] | None = None,
) -> bytes:
    """A mail of the press office of Musterau; `files` are attachments, `fields` replace header fields."""
    message = EmailMessage()
    head = {
        "From": "Pressestelle Musterau <presse@musterau.example.org>",
        "To": "redaktion@fabelstadt.example.org",
        "Date": "Fri, 25 Jun 2021 23:30:00 +0200",
        "Subject": subject,
        "Message-ID": "<1@musterau.example.org>",
        **(fields or {}),
    }
    for name, value in head.items():
        if value:
            message[name] = value
    if text:
        message.set_content(text, charset=charset)
    if html:
        message.add_alternative(html, subtype="html") if text else message.set_content(html, subtype="html")
    for name, data in (files or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def forwarding(inner: bytes, text: str = "Zur Kenntnis.\n") -> bytes:
    """A mail that has another one as attachment."""
    from email import message_from_bytes, policy

    message = EmailMessage()
    message["From"], message["Subject"] = "anna@fabelstadt.example.org", "Weiterleitung"
    message["Date"] = "Mon, 28 Jun 2021 08:00:00 +0200"
    message.set_content(text)
    message.add_attachment(message_from_bytes(inner, policy=policy.default))
    return message.as_bytes()
