"""Puts words into the form that their neighbours ask for: « d’athlétisme », « 1 personne accueillie par jour »."""

from __future__ import annotations

import re

from clicnjob.text import fold_text

# A silent h is elided (« d’hôtesse »), these are not (« de handball »).
_ASPIRATED = (
    "hand",
    "hockey",
    "hip-hop",
    "hip hop",
    "hard",
    "haut",
    "hall",
    "hangar",
    "hero",
    "hors",
    "hardi",
    "hache",
)
# Before most first names with an h (Hakim, Hugo, Hassan) both are said, and « de » is never wrong; before these it is.
_MUTE_NAMES = ("hel", "henri", "hon", "hort", "hipp", "hya")
# The counted words end where one of these begins another part: « 3 fois » | « par semaine ».
_ENDS = frozenset(
    (
        *("par", "de", "du", "des", "à", "en", "au", "aux", "dans", "pour", "sur", "sous", "avec", "devant", "sans"),
        *("chez", "et", "ou", "avant", "après", "entre", "le", "la", "les", "dont"),
    )
)
_SAME = frozenset(
    (
        *("fois", "mois", "pays", "repas", "colis", "tapis", "avis", "cours", "bras", "bus", "jus", "devis", "poids"),
        *("parcours", "concours", "progrès", "choix", "prix", "bois", "matelas", "temps", "os", "gris", "français"),
    )
)
_IRREGULAR = {
    "ans": "an",
    "jeux": "jeu",
    "travaux": "travail",
    "yeux": "œil",
    "chevaux": "cheval",
    "journaux": "journal",
    "animaux": "animal",
}
_IRREGULAR |= {"oraux": "oral", "locaux": "local", "hôpitaux": "hôpital", "canaux": "canal", "bocaux": "bocal"}
_IRREGULAR |= {"terminaux": "terminal", "totaux": "total", "végétaux": "végétal", "amicaux": "amical"}


def after_de(noun: str) -> str:
    """Return a noun after « de »: « de football », « d’athlétisme », « de handball »."""
    folded = fold_text(noun)
    elided = folded[:1] in tuple("aeiouœ") or (folded.startswith("h") and not folded.startswith(_ASPIRATED))
    return f"d’{noun}" if elided else f"de {noun}"


def name_after_de(name: str) -> str:
    """Return the name of a person after « de »: « d’Aicha », « d’Yves », « de Yanis », « de Hakim »."""
    folded = fold_text(name)
    vowel = folded[:1] in tuple("aeiouœ") or (folded[:1] == "y" and folded[1:2] not in tuple("aeiou"))
    return f"d’{name}" if vowel or folded.startswith(_MUTE_NAMES) else f"de {name}"


def singular_words(text: str) -> str:
    """Return a text that follows a number, for the number 1: only the counted words change, up to a preposition."""
    words = re.split(r"(\s+)", text)
    for place, word in enumerate(words):
        if not word or word.isspace():
            continue
        if word in _ENDS or word.startswith(("d’", "l’", "s’", "(", "«")):
            break
        bare = word.rstrip(",.;")
        words[place] = _singular_word(bare) + word[len(bare) :]
        if bare != word:
            break
    return "".join(words)


def _singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _SAME or len(word) <= 3 or not word.endswith(("s", "eaux")):
        return word
    return word[:-1]
