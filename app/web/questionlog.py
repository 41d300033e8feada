"""Questions on disk: off by default, and never longer than the settings allow."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from pathlib import Path

from app.settings import Settings

LOG_NAME = "questions.jsonl"


class QuestionLog:
    """Appends `{"at", "question", "status"}` lines to the data folder if `log_questions` is on, and forgets old ones.

    Nothing about the person is kept. Old lines go at start and with the first question of each day. Whoever only
    reads beside a running server does not prune: lines that it writes in that moment would be lost.
    """

    def __init__(self, settings: Settings, *, prune: bool = True) -> None:
        self._path = settings.data / LOG_NAME
        self._on = settings.log_questions
        self._days = settings.retention_days
        self._pruned: dt.date | None = None
        self._lock = threading.Lock()
        if prune:
            self.prune()

    def add(self, question: str, status: str = "", understood: str = "", now: dt.datetime | None = None) -> None:
        """Write one question down, if that is switched on; `status` of its answer, empty where there was none."""
        if not self._on:
            return
        now = now or dt.datetime.now(dt.UTC)
        if self._pruned != now.date():
            self.prune(now)
        entry = {"at": now.isoformat(timespec="seconds"), "question": question, "status": status}
        if understood and understood != question:
            entry["understood"] = understood
        line = json.dumps(entry, ensure_ascii=False)
        with self._lock, open(self._path, "a", encoding="utf-8", opener=_private) as file:
            file.write(line + "\n")

    def prune(self, now: dt.datetime | None = None) -> None:
        """Drop lines older than the retention period; all of them once logging is switched off."""
        now = now or dt.datetime.now(dt.UTC)
        self._pruned = now.date()
        with self._lock:
            if not self._path.exists():
                return
            if not self._on:
                self._path.unlink()
                return
            kept = [line for line in self._path.read_text(encoding="utf-8").splitlines() if self._fresh(line, now)]
            temporary = Path(f"{self._path}.new")
            with open(temporary, "w", encoding="utf-8", opener=_private) as file:
                file.writelines(f"{line}\n" for line in kept)
            temporary.replace(self._path)

    def unanswered(self, now: dt.datetime | None = None) -> list[tuple[str, str]]:
        """Questions that were refused, as they were understood, with their days; oldest first."""
        now = now or dt.datetime.now(dt.UTC)
        if not self._on or not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        entries = [json.loads(line) for line in lines if self._fresh(line, now)]
        refused = [entry for entry in entries if entry.get("status") == "no_evidence"]
        return [(str(entry.get("understood") or entry.get("question") or ""), entry["at"][:10]) for entry in refused]

    def _fresh(self, line: str, now: dt.datetime) -> bool:
        try:
            at = dt.datetime.fromisoformat(json.loads(line)["at"])
        except (ValueError, KeyError, TypeError):
            return False
        return at > now - dt.timedelta(days=self._days)


def _private(path: str, flags: int) -> int:
    """Open for the owner only."""
    return os.open(path, flags, 0o600)
