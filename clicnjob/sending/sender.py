"""The facts of a CV that a message to an employer can tell; what the CV hides stays hidden."""

from __future__ import annotations

import re

from clicnjob.apply.writing import Deed, Sender
from clicnjob.cv.document import compose, downloads
from clicnjob.cv.model import rereading
from clicnjob.cv.model.bag import Bag, CvCard
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.cv.model.prompts import Prompts, cv_prompts
from clicnjob.french import contact
from clicnjob.text import fold_text

_VERB = re.compile(r"[a-zà-ÿ’'-]{2,}(er|ir|re)\b", re.IGNORECASE)
_COUNT = re.compile(r",[^,]*\d.*$")  # « Dresser les tables, 25 par jour »: the number belongs to the CV
_DRIVING = ("permis-b", "permis-am", "permis-a1", "permis-a2", "permis-b1", "permis-c", "permis-d")
_GESTURES = 2
_DEEDS = 4


def sender_of(kept: Bag, card: CvCard, *, first_name: str = "") -> Sender:
    """Return the facts of one CV. `first_name` is that of the account, for a CV without a name."""
    profile, cv, words = kept.profile, card.cv, cv_prompts()
    return Sender(
        name=" ".join(
            rereading.name_shown(part, cv) for part in (profile.first_name or first_name, profile.last_name) if part
        ),
        phone=contact.phone_shown(profile.phone),
        email=profile.email,
        town=profile.town,
        job=cv.job_wanted,
        availability=_availability(profile),
        deeds=_deeds(profile, cv),
        quality=_quality_sentence(profile, cv, words),
        training=_training(profile, cv),
        permit=_permit(profile, cv, words),
        way=_way_to_move(profile),
        language=_language(profile, cv, words),
        attachment=downloads.cv_file_name(profile, cv),
    )


def _availability(profile: Profile) -> str:
    said = profile.availability
    return said[:1].lower() + said[1:] if said.lower().startswith("disponible") else ""


def _deeds(profile: Profile, cv: Cv) -> tuple[Deed, ...]:
    """Return the experiences that the page shows, in its order; the nearest to the job wanted come first."""
    by_id = {one.id: one for one in profile.experiences}
    shown = (item_id for item_id, _ in compose.section_items(profile, "experiences", cv) if item_id not in cv.hidden)
    told = [_deed_of(by_id[item_id]) for item_id in shown if item_id in by_id and by_id[item_id].title]
    near = _long_words(cv.job_wanted)
    return tuple(sorted(told, key=lambda deed: not near & _long_words(deed.title))[:_DEEDS])


def _long_words(said: str) -> set[str]:
    return {word for word in fold_text(said).split() if len(word) > 3}


def _deed_of(one: Experience) -> Deed:
    place = ", ".join(part for part in (one.place, one.town) if part)
    return Deed(one.id, one.kind, one.title, place, one.period.ongoing, _gesture_phrases(one))


def _gesture_phrases(one: Experience) -> tuple[str, ...]:
    plain = (_COUNT.sub("", phrase).rstrip(" .") for phrase in one.phrases)
    infinitives = (said for said in plain if _VERB.match(said))
    return tuple(f"{said[:1].lower()}{said[1:]}" for said in infinitives)[:_GESTURES]


def _quality_sentence(profile: Profile, cv: Cv, words: Prompts) -> str:
    sentences = {key: one.phrase for key, one in words.qualities.items()}
    return next((sentences[q.key] for q in profile.qualities if q.id not in cv.hidden and q.key in sentences), "")


def _training(profile: Profile, cv: Cv) -> str:
    shown = [label for item_id, label in compose.section_items(profile, "studies", cv) if item_id not in cv.hidden]
    return shown[0] if shown else ""


def _permit(profile: Profile, cv: Cv, words: Prompts) -> str:
    driving = (c.key for c in profile.certificates if c.id not in cv.hidden and c.key in _DRIVING)
    name = next((words.permits[key].sur_le_cv for key in driving if key in words.permits), "")
    return name[:1].lower() + name[1:]


def _way_to_move(profile: Profile) -> str:
    moves = [one.removeprefix("Déplacements ") for one in profile.mobility if one.startswith("Déplacements ")]
    return f"je me déplace {moves[0]}" if moves else ""


def _language(profile: Profile, cv: Cv, words: Prompts) -> str:
    names = {known.cle: known.nom for known in words.languages.langues}
    for language in profile.languages:
        level = compose.language_level(language)
        if language.id not in cv.hidden and language.key not in ("francais", "lsf") and level and "A1" not in level:
            return re.sub(r" \(.*\)", "", names.get(language.key, language.label)).lower()
    return ""
