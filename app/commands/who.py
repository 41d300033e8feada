"""Who gives a command: noted with decisions."""

from __future__ import annotations

import getpass


def user() -> str:
    """The user of the system, where it says so."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Befehlszeile"
