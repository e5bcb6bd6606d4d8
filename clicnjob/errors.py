"""The exceptions that carry a sentence for the person; any other exception is a bug and keeps its traceback."""

from __future__ import annotations


class Refusal(Exception):
    """A refusal to show to the person. `sentence` is in simple French and says what to do next."""

    sentence = "Ce n’est pas possible."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)


class NotFound(Refusal):
    """The item is unknown, deleted or somebody else's; one answer for all three, so that an identifier reveals nothing."""

    sentence = "Cette page n’existe pas, ou elle est à quelqu’un d’autre."


class StaleWork(Refusal):
    """The work was changed elsewhere (another tab or computer) since it was read; nothing was overwritten."""

    sentence = "Ton travail a changé dans une autre fenêtre. On a rouvert la dernière version."


class ChangedMeanwhile(Refusal):
    """Another professional changed the same thing since the actor's screen showed it; nothing was overwritten."""

    sentence = "Quelqu’un vient de changer cela. Regardez ce qui est écrit maintenant, puis recommencez."
