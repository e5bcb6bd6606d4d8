"""Exceptions for requests refused before they are processed: too many, too long, too slow. `Requests` answers them."""

from __future__ import annotations


class TurnedAway(Exception):
    """A refusal that is cheap to send: HTTP status, sentence for the person, and `Retry-After` in seconds (0: none)."""

    status = 503
    sentence = "Il y a beaucoup de monde à la porte. On peut recommencer dans dix secondes."
    retry_after = 10


class LongBody(TurnedAway):
    """The body is longer than this path accepts."""

    status = 413
    sentence = "C’est trop long ou trop lourd. On peut recommencer avec moins."
    retry_after = 0


class SlowBody(TurnedAway):
    """The body did not arrive in time."""

    status = 408
    sentence = "La connexion est trop lente. On peut recommencer."
    retry_after = 0
