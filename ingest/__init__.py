"""Files in; documents and passages out. Knows neither SQL nor Qdrant nor a model."""

from __future__ import annotations

from functools import cache

RULES_VERSION = 3


@cache
def fingerprint() -> str:
    """Digest of everything that decides text and offsets: code version and vocabulary."""
    import hashlib

    from ingest.data import fingerprint_bytes

    return hashlib.sha256(f"ingest {RULES_VERSION}".encode() + fingerprint_bytes()).hexdigest()[:16]
