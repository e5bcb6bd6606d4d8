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


class RestoreUnfinished(Refusal):
    """A restore was stopped half-way, before the people erased since the backup were erased again."""

    sentence = (
        "Une restauration s’est arrêtée au milieu\u00a0: des personnes effacées sont peut-être revenues. "
        "Refaites «\u00a0python -m clicnjob restore\u00a0» avec la même sauvegarde, puis démarrez."
    )


class NoSource(Refusal):
    """There is no database of ClicNJob to move."""

    sentence = "Il n’y a pas de base de ClicNJob à la première adresse. Vérifiez-la."


class SameDatabase(Refusal):
    """Both addresses are those of one database."""

    sentence = "Les deux adresses sont les mêmes. Donnez d’abord la base d’aujourd’hui, puis celle d’arrivée."


class TargetNotEmpty(Refusal):
    """Something is already at the second address; a move never overwrites."""

    sentence = "La base d’arrivée n’est pas vide. Donnez un autre fichier, ou une base PostgreSQL neuve."


class MoveFailed(Refusal):
    """A row cannot be stored in the other database, or the two sides differ."""

    def __init__(self, table: str) -> None:
        super().__init__(f"La table {table} ne peut pas être copiée telle quelle. Rien n’a changé.")
