"""What can be wrong with a model: it is not there, its folder is broken, or the packages that run it are missing."""

from __future__ import annotations

from ingest.errors import DataError


class ModelMissing(DataError):
    """No folder of this machine holds the model."""

    def __init__(self, name: str, where: str) -> None:
        get = f"Holen: auskunft models get {name}"
        super().__init__(f"Das Modell »{name}« gibt es hier nicht ({where}).", f"{get}; was da ist: auskunft models")


class FolderMissing(DataError):
    """A folder that was named does not exist."""

    def __init__(self, folder: str) -> None:
        hint = "Bitte den Pfad in den Einstellungen prüfen; was da ist: auskunft models"
        super().__init__(f"Den Modellordner {folder} gibt es nicht.", hint)


class ModelBroken(DataError):
    """The folder holds no model, one of another kind, or a damaged one."""

    hint = "Bitte das Modell noch einmal holen (auskunft models get NAME) oder ein anderes einstellen."


class ExtraMissing(DataError):
    """The packages that run neural models are not installed."""

    def __init__(self, name: str, package: str) -> None:
        message = f"Das Modell »{name}« braucht Zusatzpakete, die nicht installiert sind ({package})."
        super().__init__(message, "Bitte im Projektordner »pip install '.[models]'« ausführen.")
