"""Applies the grammar rules of data/mots/regles.yaml: patterns of words, conditions on them, and conversions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA
from clicnjob.proofreading import spelling

Kind = Literal["spelling", "grammar", "sms", "capitals", "typography"]
_LETTER = r"[^\W\d_]"
_SHAPES = {
    "inf": rf"{_LETTER}{{2,}}er",
    "part": rf"{_LETTER}{{2,}}é(?:e|s|es)?",
    "part_m": rf"{_LETTER}{{2,}}é",
    "part_c": rf"{_LETTER}{{2,}}é",
    "part_x": rf"{_LETTER}{{2,}}é(?:e|s|es)",
    "ez": rf"{_LETTER}{{2,}}ez",
    "verbe_e": rf"{_LETTER}{{2,}}e",
    "verbe_es": rf"{_LETTER}{{2,}}es",
    "verbe_ait": rf"{_LETTER}{{2,}}ait",
    "sing": rf"{_LETTER}{{2,}}",
    "sing_sur": rf"{_LETTER}{{2,}}",
    "plur": rf"{_LETTER}{{2,}}[sx]",
    "voyelle": rf"[aâàeéèêiîoôuœyh]{_LETTER}*",
}
_SLOT = re.compile(r"(?<!\?P)<([a-z_]+)>")
_BLANK = re.compile(r"\[[^\]]*\]| ")
_TEMPLATE = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_MUTE_H = (
    "hab", "heb", "her", "héb", "hér", "hés", "heur", "hier", "hist", "hiv", "hom", "hon", "hor", "hôp",
    "hôt", "huî", "huil", "hum", "hyd", "hyg", "hyp",
)  # fmt: skip
_NEVER_ELIDED = frozenset((
    "onze", "onzième", "oui", "ouais", "ou", "où", "et", "un", "une", "ouistiti", "y", "à", "au", "aux",
))  # fmt: skip
_VERB_ENDS = ("er", "ir", "re")


class RuleWords(ContentModel):
    """One rule as written in the content file."""

    cle: str = Field(pattern=r"[a-z-]+")
    motif: str
    propose: list[str] = Field(min_length=1)
    pourquoi: str = Field(max_length=80)
    genre: Kind = "grammar"
    exemple: list[str] = Field(min_length=1)
    juste: list[str] = []


class RuleFile(ContentModel):
    """The content of data/mots/regles.yaml: word lists, rules, and tables of ready conversions."""

    listes: dict[str, str]
    regles: list[RuleWords]
    formes: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class GrammarRule:
    """A compiled rule."""

    words: RuleWords
    pattern: re.Pattern[str]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrammarFinding:
    """A match of a rule: its position in the text, and what to write instead, best first."""

    start: int
    end: int
    proposals: tuple[str, ...]
    rule: RuleWords


@content.loaded_once
def rule_file() -> RuleFile:
    """Return the rules as written, read once. Raises content.ContentMistakes."""
    return content.read_content(RuleFile, DATA / "mots" / "regles.yaml")


@content.loaded_once
def grammar_rules() -> tuple[GrammarRule, ...]:
    """Return the compiled rules in their order."""
    return tuple(_compiled_rule(words) for words in rule_file().regles)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the word lists that the rules refer to."""
    return frozenset(rule_file().listes[name].split())


def grammar_findings(text: str) -> Iterator[GrammarFinding]:
    """Yield the matches in one line, rule by rule. Apostrophes must be typographic (’)."""
    for rule in grammar_rules():
        for match in rule.pattern.finditer(text):
            spoken = _finding_at(rule, match)
            if spoken is not None:
                yield spoken


def _finding_at(rule: GrammarRule, match: re.Match[str]) -> GrammarFinding | None:
    """Return the result of a rule for one match, or None if a word does not meet its condition."""
    groups = match.groupdict()
    if any(groups[slot] and not _CONDITIONS[slot.rstrip("0123456789")](groups[slot]) for slot in rule.slots):
        return None
    name = next((n for n in ("f", "f2") if groups.get(n)), None)
    start, end = match.span(name) if name else match.span()
    groups["f"] = match.string[start:end]
    proposals = tuple(p for t in rule.words.propose if (p := _filled_proposal(t, groups)) and p != groups["f"])
    return GrammarFinding(start, end, tuple(dict.fromkeys(proposals)), rule.words) if proposals else None


def _filled_proposal(template: str, groups: dict[str, str | None]) -> str:
    """Fill a proposal, keeping a capital at the start; '' if a word lacks the needed form."""
    filled = template
    for whole, name, form in ((m[0], m[1], m[2]) for m in _TEMPLATE.finditer(template)):
        word = groups.get(name) or ""
        put = _converted_word(word, form) if form and word else word
        if not put:
            return ""
        filled = filled.replace(whole, put)
    starts_high = (groups["f"] or "")[0].isupper() and not template.endswith("minuscules}")
    return filled[0].upper() + filled[1:] if starts_high else filled


def _converted_word(word: str, form: str) -> str:
    if form in _CONVERSIONS:
        return _CONVERSIONS[form](word)
    return rule_file().formes[form].get(word.lower(), "") or (word.title() if form in ("marque", "pays") else "")


def _compiled_rule(words: RuleWords) -> GrammarRule:
    """Compile a rule: a slot becomes a named group, a list an alternation; a space also matches the no-break one."""
    slots: list[str] = []

    def expanded(match: re.Match[str]) -> str:
        name = match[1]
        if name not in _SHAPES:
            return f"(?:{'|'.join(map(re.escape, sorted(word_set(name), key=len, reverse=True)))})(?!{_LETTER})"
        slots.append(name if name not in slots else f"{name}{len(slots)}")
        return f"(?P<{slots[-1]}>{_SHAPES[name]})(?!{_LETTER})"

    motif = _BLANK.sub(lambda m: "[ \u00a0]" if m[0] == " " else m[0], _SLOT.sub(expanded, words.motif))
    if words.genre == "typography":
        return GrammarRule(words, re.compile(motif), tuple(slots))
    left = "" if motif.startswith("^") else r"(?<![\w-])"
    right = r"(?:(?<=[’ ])|(?![\w-]))"
    return GrammarRule(words, re.compile(f"{left}(?:{motif}){right}", re.IGNORECASE), tuple(slots))


# --- Conditions on the words of a rule


def is_infinitive(word: str) -> bool:
    """Tell whether a word is a verb in -er: its participle in -é exists, and it is no trade (« boulanger »)."""
    word = word.lower()
    return (
        word.endswith("er")
        and word not in word_set("en_er")
        and spelling.dictionary_form(word) is not None
        and spelling.dictionary_form(word[:-2] + "é") is not None
    )


def _is_participle(word: str) -> bool:
    return word[0].islower() and _any_participle(word)


def _any_participle(word: str) -> bool:
    return _masculine_form(word) not in word_set("en_e") and is_infinitive(_verb_stem(word) + "er")


def _is_ez_form(word: str) -> bool:
    return word.lower() not in word_set("en_ez") and is_infinitive(word[:-2].lower() + "er")


def _is_singular(word: str) -> bool:
    """Tell whether a word is a lower-case noun or adjective whose plural is spelt differently."""
    if not word.islower() or word[-1] in "sxz" or word in word_set("jamais_pluriel") or is_infinitive(word):
        return False
    base, plural = spelling.dictionary_form(word), spelling.dictionary_form(_plural_of(word))
    if base is None or plural is None:
        return False
    if plural == word or (plural == base and not base.endswith(_VERB_ENDS)):
        return True
    return word in spelling.word_list("usuels") and not word.endswith(("t", "d", "é"))


def _surely_singular(word: str) -> bool:
    """Tell whether a word is a noun that cannot be a verb: « les client », not « les aide »."""
    return (
        _is_singular(word) and spelling.dictionary_form(word) == word and spelling.dictionary_form(word + "r") is None
    )


def _plural_form(word: str) -> bool:
    if not word.islower() or word in word_set("toujours_en_s"):
        return False
    return spelling.dictionary_form(word) == word[:-1] == spelling.dictionary_form(word[:-1])


def _is_elided(word: str) -> bool:
    """Tell whether a word is known, lower-case, and starts with a vowel sound or a mute h."""
    if not word.islower() or word in _NEVER_ELIDED or len(word) < 2:
        return False
    if word[0] == "h" and not word.startswith(_MUTE_H):
        return False
    return word[0] != "y" and spelling.is_known(word)


def _third_person(word: str) -> bool:
    return is_infinitive(word.lower() + "r")


def _second_person(word: str) -> bool:
    return is_infinitive(word[:-1].lower() + "r")


def _is_imperfect(word: str) -> bool:
    return (
        spelling.dictionary_form(word[:-1].lower() + "s") is not None
        and spelling.dictionary_form(word.lower()) is not None
    )


_CONDITIONS: dict[str, Callable[[str], bool]] = {
    "inf": is_infinitive, "part": _is_participle, "part_m": _is_participle, "part_x": _is_participle,
    "part_c": _any_participle, "ez": _is_ez_form,
    "sing": _is_singular, "sing_sur": _surely_singular, "plur": _plural_form, "voyelle": _is_elided,
    "verbe_e": _third_person, "verbe_es": _second_person, "verbe_ait": _is_imperfect,
}  # fmt: skip


# --- Conversions


def _verb_stem(word: str) -> str:
    return re.sub(r"(?:é(?:e|s|es)?|er|ez)$", "", word.lower())


def _masculine_form(word: str) -> str:
    return re.sub(r"é(?:e|s|es)$", "é", word.lower())


def _plural_of(word: str) -> str:
    for end, plural in (("al", "aux"), ("eau", "eaux"), ("eu", "eux"), ("au", "aux")):
        if word.endswith(end) and spelling.dictionary_form(word[: -len(end)] + plural) in (
            word,
            spelling.dictionary_form(word),
        ):
            return word[: -len(end)] + plural
    return "travaux" if word == "travail" else word if word[-1] in "sxz" else word + "s"


def _present_form(word: str) -> str:
    form = _verb_stem(word) + "e"
    return form if spelling.dictionary_form(form) is not None else ""


def _imperfect_form(word: str) -> str:
    stem = _verb_stem(word)
    stem += {"g": "e"}.get(stem[-1:], "")
    return (stem[:-1] + "ç" if stem.endswith("c") else stem) + "ais"


_CONVERSIONS: dict[str, Callable[[str], str]] = {
    "part": lambda word: _verb_stem(word) + "é",
    "inf": lambda word: _verb_stem(word) + "er",
    "part_m": _masculine_form,
    "present": _present_form,
    "imparfait": _imperfect_form,
    "plur": _plural_of,
    "sing": lambda word: word[:-1],
    "sans_s": lambda word: word[:-1].lower(),
    "ent": lambda word: word.lower() + "nt",
    "ais": lambda word: word[:-1].lower() + "s",
    "tiret": lambda word: re.sub(r"[ \u00a0]+", "-", word),
    "majuscules": str.upper,
    "minuscules": lambda word: word[0].lower() + word[1:],
    "nom_propre": lambda word: re.sub(r"(?<!\w)(?!(?:lès|le|sur|en)\b)\w", lambda m: m[0].upper(), word),
    "un_seul": lambda word: word[0],
    "aient": lambda word: word[:-1].lower() + "ent",
    "saint": lambda word: re.sub(r"\w+", lambda m: m[0].title(), word.replace("etienne", "étienne")).replace(" ", "-"),
}  # fmt: skip
