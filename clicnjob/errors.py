"""What the program refuses, each with the sentence shown to the person; anything else is a bug and keeps its trace."""

from __future__ import annotations


class Refusal(Exception):
    """A refusal that a person can understand. `sentence` is simple French and says what to do next."""

    sentence = "Ce n’est pas possible."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)


class NotFound(Refusal):
    """Unknown, deleted, or somebody else's: the three answer alike, so that an identifier tells nothing."""

    sentence = "Cette page n’existe pas, ou elle n’est pas à toi."


class StaleWork(Refusal):
    """The work changed since it was read (another tab, another computer); nothing was overwritten."""

    sentence = "Ton travail a changé dans une autre fenêtre. On a rouvert la dernière version."
