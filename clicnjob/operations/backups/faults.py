"""The refusals of backup and restore, with their sentences for the operator."""

from __future__ import annotations

from clicnjob.errors import Refusal


class AppRuns(Refusal):
    """The app, or another program, is using the database."""

    sentence = "L’application tourne. Arrêtez-la, puis recommencez."


class FileExists(Refusal):
    """The file exists already; a backup is never overwritten."""

    sentence = "Ce fichier existe déjà. Donnez un autre nom."


class NoFile(Refusal):
    """The file, or the folder to write it in, does not exist."""

    sentence = "Ce fichier n’existe pas, ou son dossier n’existe pas. Vérifiez le chemin."


class NotABackup(Refusal):
    """The file is not a backup of a ClicNJob database, or it is damaged."""

    sentence = "Ce fichier n’est pas une sauvegarde de ClicNJob, ou il est abîmé. Rien n’a changé."


class FromLater(Refusal):
    """The backup has a schema revision that this release does not know."""

    sentence = "Cette sauvegarde vient d’une version plus récente. Mettez ClicNJob à jour d’abord."


class BackupFailed(Refusal):
    """A database program failed; `why` is its last message."""

    def __init__(self, why: str) -> None:
        super().__init__(f"La base de données a refusé. Rien n’a changé. {why}".strip())
