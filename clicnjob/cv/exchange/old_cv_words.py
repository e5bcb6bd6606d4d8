"""The words by which the lines of a CV are told apart: headings, jobs, schools, diplomas, places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import regex

from clicnjob import policy, text
from clicnjob.cv.exchange.dated_lines import is_cut_date
from clicnjob.errors import Refusal

Section = Literal["", "contact", "profile", "work", "studies", "volunteer", "other", "references"]
_LINES_AT_MOST = 400
_BRACKET_LENGTH = 40
_HEADINGS: dict[Section, tuple[str, ...]] = {
    "contact": ("contact", "coordonnees", "informations personnelles", "mes coordonnees", "etat civil", "me contacter",
                "infos", "informations", "identite"),
    "profile": ("profil", "a propos", "a propos de moi", "presentation", "objectif", "resume", "qui suis je", "mon profil",
                "en bref", "about me", "projet professionnel", "poste recherche"),
    "work": ("experience", "experiences", "experience professionnelle", "experiences professionnelles",
             "parcours professionnel", "mes experiences", "emplois", "stages", "stages et emplois", "experiences et stages",
             "experience pro", "experiences pro", "jobs", "emplois et stages", "work experience", "mes stages",
             "experiences professionnelles et stages", "stages et experiences", "emploi", "mon experience",
             "parcours pro", "ce que j'ai fait"),
    "studies": ("formation", "formations", "diplome", "diplomes", "etudes", "scolarite", "parcours scolaire", "cursus",
                "education", "formations et diplomes", "diplomes et formations", "formation et diplomes", "mes etudes",
                "ma formation", "mes formations", "parcours de formation", "formation scolaire", "mes diplomes",
                "etudes et formations", "cursus scolaire", "ma scolarite", "education et formation"),
    "volunteer": ("benevolat", "engagements", "engagement", "vie associative", "associatif", "experience associative",
                  "benevolat et engagements", "engagement associatif", "activites benevoles", "experience benevole"),
    "other": ("competences", "mes competences", "savoir faire", "savoir etre", "savoirs etre", "atouts", "mes atouts",
              "qualites", "mes qualites", "langues", "langue", "langues et informatique", "informatique", "logiciels",
              "loisirs", "centres d'interet", "centre d'interet", "centres d'interets", "hobbies", "passions", "interets",
              "activites", "permis", "permis et mobilite", "certificats", "certifications", "habilitations", "divers",
              "competences professionnelles", "competences cles", "aptitudes", "mobilite", "skills", "languages",
              "mes loisirs", "mes langues", "permis et certificats", "outils", "sports et loisirs", "atouts et qualites",
              "autres", "informations complementaires", "competences et qualites", "langues et loisirs"),
    "references": ("references", "reference", "personnes a contacter", "recommandations"),
}  # fmt: skip
_BY_WORDS = {words: section for section, all_words in _HEADINGS.items() for words in all_words}
# Roots that make a line in capitals a heading.
_ROOTS: dict[str, Section] = {
    "references?": "references", "benevol": "volunteer", "competence": "other", "langue": "other", "linguistique": "other",
    "loisir": "other", "interet": "other", "qualite": "other", "experience": "work", "parcours pro": "work",
    "formations?": "studies", "diplome": "studies", "scolaire": "studies", "coordonnees": "contact",
}  # fmt: skip
_JOBS = regex.compile(
    r"\b(vend(eu[rs]e?|anges?)|caissi|caisse\b|stag(e|iaire)|employe|agent|serveu|aide\b|aide-|assistant|prepara|baby|apprenti"
    r"|equipi|manuten|commis|cuisini|plong(e|eur)|livreu|animat|benevole|hote(sse)?\b|magasini|secretaire|mecanici|peintre"
    r"|macon|electrici|plombi|coiff|esthetici|auxiliaire|conseill|technici|ouvri|jardini|paysagis|boulang|patissi|boucher"
    r"|cariste|chauffeu|conducteu|operat(eur|rice)|menuisi|carreleu|couvreu|receptionn|barman|barmaid|chef\b|femme de"
    r"|valet de|nettoy|entretien|garde d|nourrice|soignant|infirm|ambulanci|educat|surveillan|facteu|vigile|securite"
    r"|developp|graphis|photograph|community|charge|responsable|manager|maraich|soudeu|tourneu|usineu|couturi|job d"
    r"|service civique|volontaire|saisonni|cueillett|ramasseu|distribut|inventor|intervenant|moniteu|accompagnat"
    r"|alternan|interim|ripeu|demenag|lingere|gouvernante|standardis|telecon|teleoper|promot|arbitre|entraineu"
    r"|facturi|comptab|gestionnaire|logisti)"
)
_SCHOOLS = regex.compile(
    r"\b(lycee|college|cfa|universite|ecole|greta|afpa|institut|mfr|e2c|iut|campus|centre de formation|erea|ulis|lp\b|epide"
    r"|mission locale|faculte|ensemble scolaire|cned|segpa|afpi|btp cfa|maison familiale|compagnons)\b"
)
_DIPLOMAS = regex.compile(
    r"\b(bac\b|baccalaureat|cap\b|bep\b|brevet|bts\b|dut\b|licence|master|titre pro|diplome|certificat|seconde|premiere"
    r"|terminale|3 ?eme|3e\b|dnb\b|cqp\b|deug|bp\b|mention|remise a niveau|classe de|niveau|dfg|attestation|bafa|delf|cfg)"
)
_COMMON = regex.compile(
    r"\b(curriculum|vitae|cv|profil|contact|telephone|permis|vehicule|competences?|formations?|experiences?|langues?|loisirs?"
    r"|disponible|recherche|anglais|francais|espagnol|arabe|centres?|interets?|bac|cap|lycee|college|rue|avenue|france|monsieur"
    r"|madame|celibataire|ponctuel(le)?|dynamique|motive[e]?|serieux|serieuse|travail|esprit|equipe|lecture|musique|sports?|cinema"
    r"|danse|football|cuisine|voyages?|relationnel|bon|bonne|sens|gestion|vente|accueil|pack|office|word|excel|maternelle?"
    r"|restaurant|boulangerie|supermarche|hotel|association|mairie|ville|service|pro|general|objectif|commerce|clientele)\b"
)
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "les", "en", "sur", "sous", "aux", "et", "d", "l"))
_SPACED = regex.compile(r"(?:\p{L}['’]?\s){3,}\p{L}")
_BULLET = regex.compile(r"^[\s\uf000-\uf8ff•●▪■◦‣·○◆►➢➤✓✔*–—-]+(?=\S)")
_ICON = regex.compile(r"[\uf000-\uf8ff\p{Extended_Pictographic}\ufe0f]+")


class CvLine(NamedTuple):
    """One line: its words without bullet, the section where it stands, and whether it had a bullet."""

    words: str
    section: Section
    bullet: bool = False


def cv_lines(written: Iterable[str]) -> tuple[CvLine, ...]:
    """Return the cleaned lines that are no heading, each with its section; bounded in number and length."""
    section: Section = ""
    lines: list[CvLine] = []
    for raw in _joined_lines(list(written)[: 2 * _LINES_AT_MOST]):
        words, bullet = _cleaned_line(raw)
        if not words:
            continue
        if (named := heading_of(words)) and not bullet:
            section = named
            continue
        lines.append(CvLine(words, section, bullet))
    return tuple(lines[:_LINES_AT_MOST])


def readable_lines(written: Iterable[str]) -> tuple[str, ...]:
    """Return the cleaned lines with their headings and bullets, to be read beside the questions."""
    cleaned = (_cleaned_line(raw) for raw in _joined_lines(list(written)[: 2 * _LINES_AT_MOST]))
    return tuple(f"• {words}" if bullet else words for words, bullet in cleaned if words)[:_LINES_AT_MOST]


def heading_of(words: str) -> Section:
    """Return the section that a line opens, or '' if it is no heading."""
    if len(words) > 50:
        return ""
    bare = regex.sub(r"[^\p{L}' ]", " ", text.fold_text(words).replace("&", " et ").replace("-", " "))
    if found := _BY_WORDS.get(" ".join(bare.split())):
        return found
    if words.isupper() and len(bare.split()) <= 5 and not regex.search(r"\d", words):
        return next((section for root, section in _ROOTS.items() if regex.search(rf"\b{root}", bare)), "")
    return ""


def names_a_job(words: str) -> bool:
    """Whether the words name a job, a placement or a task."""
    return bool(_JOBS.search(text.fold_text(words)))


def names_a_school(words: str) -> bool:
    """Whether the words name a school or a training centre."""
    return bool(_SCHOOLS.search(text.fold_text(words)))


def names_a_diploma(words: str) -> bool:
    """Whether the words name a diploma or a class."""
    return bool(_DIPLOMAS.search(text.fold_text(words)))


def is_common_words(words: str) -> bool:
    """Whether the words are too usual on a CV to be somebody's name."""
    folded = text.fold_text(words)
    return bool(_COMMON.search(folded)) or names_a_job(words) or names_a_school(words) or bool(heading_of(words))


def looks_like_town(words: str) -> bool:
    """Whether a short text may be a town: capitals, no digit, nothing usual on a CV."""
    bare = words.strip(" ,;:-–")
    parts = regex.split(r"[\s'’-]+", bare.partition(",")[0])
    capital = all(part[:1].isupper() or part.lower() in _PARTICLES for part in parts if part)
    return (
        2 < len(bare) <= 40
        and capital
        and not regex.search(r"[\d@:/]", bare)
        and len(parts) <= 5
        and not is_common_words(bare)
    )


def _joined_lines(written: list[str]) -> list[str]:
    """Join the two halves of a period or of a bracket that a narrow column cut."""
    joined: list[str] = []
    for line in written:
        if joined and (is_cut_date(joined[-1], line) or _is_cut_bracket(joined[-1], line)):
            between = "" if joined[-1].strip().endswith("-") and ")" in line else " "
            joined[-1] = f"{joined[-1].strip()}{between}{line.strip()}"
        else:
            joined.append(line)
    return joined


def _is_cut_bracket(line: str, following: str) -> bool:
    bare = following.strip()
    if len(bare) > _BRACKET_LENGTH or len(line) > policy.LINE_LENGTH:
        return False
    opened = line.count("(") > line.count(")") and ")" in bare
    return opened or bool(bare.startswith("(") and bare.endswith(")") and line.strip())


def _cleaned_line(raw: str) -> tuple[str, bool]:
    try:
        words = text.clean_line(raw.replace("\t", "  ")[: policy.LINE_LENGTH * 4], most=policy.LINE_LENGTH * 4)
    except Refusal:
        return "", False
    plain = _ICON.sub(" ", words) if words else ""
    bullet = bool(_BULLET.match(words)) and not regex.match(r"^-\d", words)
    bare = _BULLET.sub("", plain).strip() if bullet else plain.strip()
    if _SPACED.fullmatch(bare.replace("  ", " ")):
        bare = " ".join(part.replace(" ", "") for part in regex.split(r"\s{2,}", bare))
    return bare[: policy.LINE_LENGTH * 2], bullet
