"""The checks of `doctor`: each looks at one thing, changes nothing, and says what to do."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import socket
import sys
from collections.abc import Callable, Iterator

from app.access import TOKEN_NAME
from app.commands.check import Check, open_to_others, owner_of
from app.commands.checks_folder import check_catalogue, check_failures, check_folder, check_index, check_rules
from app.owner.record import RECORD_NAME
from app.settings import Settings
from ingest.errors import AuskunftError

OLDEST_PYTHON = (3, 11)
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:(>=|==)\s*([\d.]+))?")


def all_checks(settings: Settings) -> Iterator[Check]:
    """Every check in turn; one that breaks is a failed one."""
    for name, check in _CHECKS.items():
        try:
            yield check(settings)
        except AuskunftError as error:
            yield Check(name, "fail", error.message, error.hint)
        except Exception as error:
            yield Check(name, "fail", f"Die Prüfung selbst brach ab: {type(error).__name__}: {error}")


def check_python(_settings: Settings) -> Check:
    """The interpreter is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check("python", "fail", f"Python {version} ist zu alt.", "Bitte Python 3.11 oder neuer verwenden.")
    return Check("python", "ok", f"Python {version}")


def check_packages(_settings: Settings) -> Check:
    """Every package the project needs is there and new enough."""
    found, wrong = [], []
    for requirement in importlib.metadata.requires("auskunft") or []:
        match = _REQUIREMENT.match(requirement)
        if match is None or "extra ==" in requirement:
            continue
        name, operator, wanted = match.groups()
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} fehlt")
            continue
        found.append(f"{name} {version}")
        if operator and not _fits(version, operator, wanted):
            wrong.append(f"{name} {version} statt {operator}{wanted}")
    if wrong:
        return Check("packages", "fail", "; ".join(wrong), "Bitte »pip install .« im Projektordner wiederholen.")
    engine = [entry for entry in found if entry.startswith("qdrant-edge-py")]
    return Check("packages", "ok", f"{len(found)} Pakete, Suchmaschine {' '.join(engine) or 'unbekannt'}")


def check_extras(_settings: Settings) -> Check:
    """Which optional parts are installed; none is needed."""
    missing = [name for name in ("torch", "sentence_transformers") if importlib.util.find_spec(name) is None]
    if missing:
        return Check("extras", "ok", "Neuronale Modelle sind nicht installiert; sie werden nicht gebraucht.")
    return Check("extras", "ok", "Die Zusatzpakete für neuronale Modelle sind installiert.")


def check_models(settings: Settings) -> Check:
    """The models of the settings can be loaded."""
    from app.models import KINDS, models_in_use

    used = models_in_use(settings)
    for model in used:
        if model.error:
            return Check("models", "fail", model.error, model.hint)
    told = [f"{KINDS[model.kind]} {model.name}{' (mitgeliefert)' if model.shipped else ''}" for model in used]
    return Check("models", "ok", "; ".join(told))


def check_ocr(_settings: Settings) -> Check:
    """Whether scans can be read."""
    from ingest.errors import ScanWithoutText
    from ingest.readers.ocr import ocr_available

    if ocr_available():
        return Check("ocr", "ok", "Scans werden gelesen (tesseract mit deutscher Sprache).")
    return Check("ocr", "ok", "Scans ohne Text werden nur genannt, nicht gelesen.", ScanWithoutText.hint)


def check_token(settings: Settings) -> Check:
    """What allows changes is readable by its owner only: the token, and the secret of a running process."""
    for name, what in ((TOKEN_NAME, "Der Zugangsschlüssel"), (RECORD_NAME, "Der Schlüssel der laufenden Web-App")):
        path = settings.data.expanduser() / name
        if path.exists() and (mode := open_to_others(path)):
            hint = f"Bitte löschen und die Web-App neu starten: rm {path}"
            return Check("token", "fail", f"{what} ist für andere lesbar ({mode}).", hint)
    if not (settings.data.expanduser() / TOKEN_NAME).exists():
        return Check("token", "ok", "Noch kein Zugangsschlüssel; er entsteht mit dem ersten Start der Web-App.")
    return Check("token", "ok", "Der Zugangsschlüssel gehört nur Ihnen.")


def check_server(settings: Settings) -> Check:
    """The web app may start at the address of the settings, and the port is free."""
    from app.access import may_serve

    may_serve(settings.host, settings)
    if (owner := owner_of(settings)) and owner.url:
        return Check("server", "ok", f"Die Web-App läuft: {owner.url}")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            message = f"{settings.host}:{settings.port} ist nicht frei ({error.strerror})."
            return Check("server", "warn", message, "Läuft die Web-App schon? Sonst: auskunft serve --port NUMMER")
    return Check("server", "ok", f"{settings.host}:{settings.port} ist frei")


_CHECKS: dict[str, Callable[[Settings], Check]] = {
    "python": check_python,
    "packages": check_packages,
    "extras": check_extras,
    "models": check_models,
    "ocr": check_ocr,
    "folder": check_folder,
    "catalogue": check_catalogue,
    "rules": check_rules,
    "index": check_index,
    "failures": check_failures,
    "token": check_token,
    "server": check_server,
}


def _fits(version: str, operator: str, wanted: str) -> bool:
    if operator == "==":
        return version == wanted
    return _numbers(version) >= _numbers(wanted)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
