"""What a copy or a restore refuses, in words for whoever has the console."""

from __future__ import annotations

from clicnjob.errors import Refusal


class AppRuns(Refusal):
    """The app, or another program, is using the database."""

    sentence = "L’application tourne. Arrêtez-la, puis recommencez."


class FileExists(Refusal):
    """An older copy is never overwritten."""

    sentence = "Ce fichier existe déjà. Donnez un autre nom."


class NoFile(Refusal):
    """Neither the file nor its folder is there."""

    sentence = "Ce fichier n’existe pas, ou son dossier n’existe pas. Vérifiez le chemin."


class NotABackup(Refusal):
    """Not a copy of a database of ours, or a damaged one."""

    sentence = "Ce fichier n’est pas une sauvegarde de ClicNJob, ou il est abîmé. Rien n’a changé."


class FromLater(Refusal):
    """Made by a release that this one does not know."""

    sentence = "Cette sauvegarde vient d’une version plus récente. Mettez ClicNJob à jour d’abord."


class Failed(Refusal):
    """A program of the database ended badly; what it said is added."""

    def __init__(self, why: str) -> None:
        super().__init__(f"La base de données a refusé. Rien n’a changé. {why}".strip())
