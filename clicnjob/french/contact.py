"""Reads telephone numbers, e-mail addresses and towns as people type them, and formats them."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
import regex
from email_validator import EmailNotValidError, validate_email

from clicnjob import text
from clicnjob.errors import Refusal

# France comes first, then each overseas region, which has a numbering plan of its own.
REGIONS = ("FR", "RE", "YT", "GP", "MQ", "GF", "BL", "MF", "PM", "NC", "PF", "WF")
_FRANCE = 33
# New blocks of mobile numbers open before the library knows them, and a real number must never be refused.
_MOBILE = re.compile(r"(?:0|\+33)0?([67]\d{8})")
_OVERSEAS_MOBILE = re.compile(
    r"\+(262|590|594|596)0?([67]\d{8})"
)  # Réunion and Mayotte, Guadeloupe, Guyane, Martinique
_TO_WRITE_TO = re.compile(r"\+(33|262|590|594|596)[67]\d{8}")  # E.164 of a French mobile, which receives SMS
_WITHOUT_ZERO = re.compile(r"^[1-9]\d{8}$")  # a spreadsheet or a hurried hand left out the first 0
_FRENCH_DIGITS = 10
_MOST_DIGITS = 15  # E.164


class WrongPhone(Refusal):
    """Raised for something that is no number to call."""

    sentence = "Ce numéro ne va pas. Exemple : 06 12 34 56 78."


class LettersInPhone(WrongPhone):
    """Raised for letters: phonenumbers would map them to digits, and so call somebody else."""

    sentence = "Il faut seulement des chiffres, sans mot autour. Exemple : 06 12 34 56 78."


class NotMobile(WrongPhone):
    """Raised for a number that receives no SMS, or that is not French."""

    sentence = "Il faut un numéro de portable français. Exemple : 06 12 34 56 78."


class WrongEmail(Refusal):
    """Raised for something that is no e-mail address."""

    sentence = "Cette adresse e-mail ne va pas. Exemple : zoe.martin@exemple.fr."


class NoTown(Refusal):
    """Raised for a street, a home or a number where only the town is asked for; the rest is never stored."""

    sentence = "Il faut seulement la ville, sans la rue. Exemple : Lyon."


class NoHome(NoTown):
    """Raised when the text says that the person has no address of their own: they need not explain it here."""

    sentence = "Il faut juste le nom d’une ville. On peut aussi laisser vide."


def phone_number(typed: str) -> str:
    """Return the number in E.164 (« +33612345678 »), or '' for an empty text. Raises LettersInPhone, WrongPhone."""
    plain = unicodedata.normalize("NFKC", text.usual_digits(text.clean_line(typed)))
    if regex.search(r"\p{L}", plain):
        raise LettersInPhone
    if plain and not regex.fullmatch(r"\+?[\d\s().,/\p{Pd}−]+", plain):
        raise WrongPhone
    plus = plain.startswith(("+", "00"))
    digits = regex.sub(r"\D", "", regex.sub(r"\(0\)", "", plain) if plus else plain)
    return _dialled_number(digits, abroad=plus) if plain else ""


def mobile_number(typed: str) -> str:
    """Return a French mobile number in E.164, or '' for an empty text. Raises NotMobile, what `phone_number` raises."""
    number = phone_number(typed)
    if number and not _TO_WRITE_TO.fullmatch(number):
        raise NotMobile
    return number


def phone_or_as_written(typed: str) -> str:
    """Return the number of a file in E.164, or as written if it is not valid here. Raises LettersInPhone."""
    try:
        return phone_number(typed)
    except LettersInPhone:
        raise
    except WrongPhone:
        return text.clean_line(typed)


def phone_shown(e164: str) -> str:
    """Format a number as « 06 12 34 56 78 », or with its country code if foreign; other text is returned as is."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    forms = phonenumbers.PhoneNumberFormat
    form = forms.NATIONAL if number.country_code == _FRANCE else forms.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def email_address(typed: str) -> str:
    """Return the trimmed address, its domain decoded from IDNA, or '' for an empty text. Raises WrongEmail."""
    bare = text.clean_paragraph(typed).strip("«»<> \u00a0").removeprefix("mailto:")
    if not bare:
        return ""
    if reason := _mail_mistake(bare):
        raise WrongEmail(reason)
    try:
        return validate_email(bare, check_deliverability=False, allow_smtputf8=False, strict=True).normalized
    except EmailNotValidError as mistake:
        raise WrongEmail from mistake


def town_name(typed: str) -> str:
    """Return only the town, since postcode and street are never stored; '' for an empty text. Raises NoTown, NoHome."""
    said = regex.sub(r"\bcedex\b(\s*\d{1,2}\b)?", "", text.clean_name(typed), flags=regex.IGNORECASE).strip(" ,;")
    if not said:
        return ""
    before, after = _around_postcode(said)
    for place in (after, before):
        if found := _town_among(place):
            return found
    raise NoHome if _HOMELESS.search(text.fold_text(said).replace(".", "")) else NoTown


def _dialled_number(digits: str, *, abroad: bool) -> str:
    if len(digits) > _MOST_DIGITS:
        raise WrongPhone("Il faut un seul numéro à la fois. Exemple : 06 12 34 56 78.")
    if not abroad and digits.startswith("0") and len(digits) != _FRENCH_DIGITS:
        raise WrongPhone(f"Ce numéro a {len(digits)} chiffres. Il en faut {_FRENCH_DIGITS}.")
    written = f"+{digits.removeprefix('00')}" if abroad else _WITHOUT_ZERO.sub(r"0\g<0>", digits)
    for region in REGIONS[:1] if abroad else REGIONS:  # a number with its country code needs no region
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if mobile := _MOBILE.fullmatch(written):
        return f"+33{mobile[1]}"
    if mobile := _OVERSEAS_MOBILE.fullmatch(written):
        return f"+{mobile[1]}{mobile[2]}"
    raise WrongPhone


def _mail_mistake(address: str) -> str:
    """Return a sentence for the first mistake that can be explained simply, or ''."""
    local, _, domain = address.partition("@")
    if regex.search(r"[,;\s].*@", domain) or address.count("@") > 1:
        return "Il faut une seule adresse, avec une seule arobase (@)."
    if regex.search(r"\s", address):
        return "Il y a un espace dans l’adresse. Il faut l’enlever."
    if not local or not domain:
        return "Il manque l’arobase (@) ou un des deux côtés. Exemple : zoe@exemple.fr."
    if not local.isascii():
        plain = text.fold_text(local)
        hint = f" À essayer : {plain}@{domain}." if plain.isascii() else ""
        return f"Pas d’accent ni de lettre spéciale avant l’arobase (@).{hint}"
    if "." not in domain:
        return "Il manque la fin après l’arobase, avec un point. Exemple : .fr."
    before, _, end = domain.rpartition(".")
    meant = _MISTYPED_ENDS.get(end.lower())
    return f"La fin « .{end} » n’existe pas. À essayer : {local}@{before}.{meant}." if meant else ""


# Ends of a domain that do not exist, and the one that was meant.
_MISTYPED_ENDS = dict.fromkeys(("con", "cmo", "ocm", "comm", "coom", "cpm", "vom", "xom"), "com")
_MISTYPED_ENDS |= {"rf": "fr", "ffr": "fr", "frr": "fr", "nte": "net", "ner": "net"}
_POSTCODE = regex.compile(r"(?<!\d)(?:F[-\s]?)?\d{2}\s?\d{3}(?!\d)", regex.IGNORECASE)
_STREET = regex.compile(
    r"(^|\s)(rue|avenue|av|ave|boulevard|boul|bd|bld|blvd|impasse|imp|allees?|chemin|route|rte|place|quai|square|sentier"
    r"|ruelle|passage|residence|res|batiment|bat|appartement|appart|appt?|etage|escalier|esc|lotissement|hameau|bp)"
    r"\.?\s+\S|^\d+\s*(bis|ter|quater|[a-d])?\b(?!\s*(e|er|eme)?\s*arr)|\betage\b|(^|\s)bat\.|^\d+\s*(e|er|eme)\s+et\.?$"
)
_HOMELESS = regex.compile(
    r"\b(sdf|sans[ -](domicile|abri|adresse|logement)|foyers?|fjt|chrs|cada|huda|chu|mecs|ase|115|ccas"
    r"|squat|chez|hebergee?s?|hebergement|a la rue|dans la rue|dehors|voiture|hotel)\b"
)


def _around_postcode(said: str) -> tuple[str, str]:
    """Return what stands before and after the postcode; without one, everything is « before »."""
    found = _POSTCODE.search(said)
    if not found:
        return said, ""
    before, after = said[: found.start()], said[found.end() :]
    if before.rstrip().endswith("("):  # « Lyon (69003) »: what the brackets hold only explains the town
        return before.rstrip(" ("), ""
    return before, after


def _town_among(place: str) -> str:
    """Return the parts of an address that name a town, or '' if each is a street, a home or a number."""
    parts = (part.strip(" -–") for part in regex.split("[,;\n]", place))
    towns = [part for part in parts if regex.search(r"\p{L}", part) and not _is_street(part)]
    return ", ".join(towns)


def _is_street(part: str) -> bool:
    folded = text.fold_text(part)
    return bool(_STREET.search(folded) or _HOMELESS.search(folded.replace(".", "")))
