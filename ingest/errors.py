"""Errors that a user can act on.

    AuskunftError                 base: message says what happened, `hint` what to do
    ├── InputError                a file or argument cannot be used; nothing was lost
    │   ├── UnreadableFile        the file is missing, empty, damaged, encrypted or not what its suffix says
    │   ├── UnsupportedFormat     no reader for this suffix
    │   └── ScanWithoutText       pages hold pictures only
    └── DataError                 the data folder cannot be used as it is
        ├── FolderInUse           another process holds the index
        ├── FolderFull            no space left, or no right to write
        ├── FingerprintMismatch   the index was built by other rules: `ingest --rebuild`
        ├── CatalogueDamaged      the catalogue file is not readable
        └── DocumentNotFound      no document with this id

Foreign errors are mapped at the place where they arise; a test proves that none leaks.
"""

from __future__ import annotations


class AuskunftError(Exception):
    """Base of all errors that are shown to users: a German message and a hint."""

    hint: str = ""
    can_retry: bool = False

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or type(self).hint


class InputError(AuskunftError):
    """A file or an argument cannot be used."""


class UnreadableFile(InputError):
    """The file is missing, empty, damaged, encrypted or not what its suffix says."""

    hint = "Bitte die Datei öffnen und prüfen, dann noch einmal einlesen."


class UnsupportedFormat(InputError):
    """No reader knows this suffix."""


class ScanWithoutText(InputError):
    """A PDF whose pages hold pictures only."""

    hint = "Bitte eine Fassung mit Textebene einlesen (vorher Texterkennung ausführen)."


class DataError(AuskunftError):
    """The data folder cannot be used as it is."""


class FolderInUse(DataError):
    """Another process holds the index of this data folder."""

    hint = "Bitte das andere Programm beenden (läuft die Web-App?) oder mit --data einen anderen Ordner wählen."
    can_retry = True


class FolderFull(DataError):
    """Nothing more can be written into the data folder; what was stored before is unharmed."""

    hint = "Bitte Speicherplatz schaffen und Zugriffsrechte prüfen. Was schon eingelesen war, ist unversehrt."


class FingerprintMismatch(DataError):
    """The index was built by other rules than the installed ones."""

    hint = "Bitte einmal »auskunft ingest --rebuild« ausführen."


class CatalogueDamaged(DataError):
    """The catalogue cannot be read."""

    hint = (
        "Zurück aus einer Sicherung: »auskunft restore DATEI«. Ohne Sicherung: mit --data einen neuen Ordner wählen "
        "und die Dokumente dort einlesen; die Dateien unter »originals« sind die eingelesenen Originale."
    )


class DocumentNotFound(DataError):
    """No document with this id."""

    hint = "»auskunft documents« listet alle Dokumente mit ihrer Kennung."
