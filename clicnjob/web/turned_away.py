"""What is turned away before anything is done with it: too many at once, too long, too slow. Told by `Requests`."""

from __future__ import annotations


class TurnedAway(Exception):
    """An answer that costs nothing: its status, its sentence, and after how many seconds one may come back."""

    status = 503
    sentence = "Il y a beaucoup de monde à la porte. On peut recommencer dans dix secondes."
    retry_after = 10


class LongBody(TurnedAway):
    """More was sent than this address takes."""

    status = 413
    sentence = "C’est trop long ou trop lourd. On peut recommencer avec moins."
    retry_after = 0


class SlowBody(TurnedAway):
    """What was announced did not come in time."""

    status = 408
    sentence = "La connexion est trop lente. On peut recommencer."
    retry_after = 0
