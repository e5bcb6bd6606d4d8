"""Gives advice on one CV, most important first, each with one action to take. The words are in data/conseils.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pydantic import Field

from clicnjob import content, policy
from clicnjob.content import ContentModel
from clicnjob.cv.model import periods, rereading, wanted_job
from clicnjob.cv.model.profile import Cv, Experience, Period, Profile, Study
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.cv.model.rereading import TextRemark
from clicnjob.cv.model.spots import TextSpot, experience_name, study_name, text_spots
from clicnjob.paths import DATA
from clicnjob.proofreading import email_address, sensitive

_POINT = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_SHOWN_LENGTH = 60
_OWN_PLACE = {"telephone": "other_contact", "email": "other_contact", "prenom_nom": "other_person"}


class AdviceWords(ContentModel):
    """One piece of advice as written in the content file."""

    cle: str
    importance: int = Field(ge=1)
    phrase: str = Field(max_length=120)
    geste: str = Field(max_length=30)
    etape: str
    verifier: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: the sentence, the label of its button, and the screen and item that the button opens.

    `importance` 1 comes first. `text` is what the advice is about; `item` and `text` may be ''. `to_check` is true for
    what should be settled before the page leaves, and false for what would make it better still.
    """

    key: str
    importance: int
    sentence: str
    gesture: str
    step: str
    item: str = ""
    text: str = ""
    to_check: bool = False


@content.loaded_once
def advice_by_key() -> dict[str, AdviceWords]:
    """Return the advice texts by key, read once. Raises content.ContentMistakes."""
    return {words.cle: words for words in content.read_content(list[AdviceWords], DATA / "conseils.yaml")}


def cv_advice(
    profile: Profile,
    cv: Cv,
    *,
    fill: float | None = None,
    uncovered: tuple[str, ...] = (),
    remarks: Collection[TextRemark] | None = None,
    today: date,
) -> tuple[Advice, ...]:
    """Return what would make this CV better, in order of importance. Hidden items get no advice.

    `fill` is the share of the page that is filled (above 1, it overflows); `uncovered` holds the characters that no
    font has. `remarks` are those of `rereading.cv_remarks`, if the caller has them already.
    """
    shown = text_spots(profile, cv)
    found = (
        *_private_advice(shown),
        *_identity_advice(profile, cv),
        *_job_advice(cv),
        *_experience_advice(profile, cv),
        *_date_advice(profile, cv, today),
        *_fill_advice(profile, cv, fill),
        *_spelling_advice(shown, rereading.cv_remarks(profile, cv) if remarks is None else remarks),
        *_gap_advice(profile, cv, today),
        *_quality_advice(profile, cv),
        *_character_advice(shown, uncovered),
    )
    return tuple(sorted(found, key=lambda one: one.importance))


def as_json(found: Collection[Advice]) -> list[dict[str, Any]]:
    """Return the advice as plain values, for the command line."""
    return [asdict(one) for one in found]


def advice_of(key: str, *, step: str = "", item: str = "", text: str = "", **words: object) -> Advice:
    """Return the advice of a key, about `text`, with the other words that its sentence needs."""
    said = advice_by_key()[key]
    short = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1].rstrip() + "…"
    sentence = re.sub(r"\{(\w+)\}", lambda m: str(words.get(m[1], short)), said.phrase)
    return Advice(key, said.importance, sentence, said.geste, step or said.etape, item, text, said.verifier)


# --- Personal data


def shows_something_done(profile: Profile, cv: Cv) -> bool:
    """Tell whether the page shows an experience or a study: without one, an employer has nothing to read on it."""
    return bool(_kept_experiences(profile, cv) or _kept_studies(profile, cv))


def _private_advice(shown: tuple[TextSpot, ...]) -> Iterator[Advice]:
    for spot in shown:
        for place in sensitive.sensitive_places(spot.text):
            if place.kind != _OWN_PLACE.get(spot.step):
                yield advice_of("donnee_privee", step=spot.step, item=spot.item, text=place.text, mieux=place.why)


def _identity_advice(profile: Profile, cv: Cv) -> Iterator[Advice]:
    if not (profile.first_name.strip() and profile.last_name.strip()):
        yield advice_of("nom")
    if not profile.phone.strip():
        yield advice_of("telephone")
    better = email_address.simple_address(profile.first_name, profile.last_name)
    if profile.email and not email_address.is_sober(profile.email, name=f"{profile.first_name} {profile.last_name}"):
        yield advice_of("adresse_peu_sobre", text=profile.email, mieux=better)
    elif email_address.shows_birth_year(profile.email):
        yield advice_of("adresse_annee", text=profile.email, mieux=better)


def _job_advice(cv: Cv) -> Iterator[Advice]:
    """Advise on the title, and on a sentence that was written for another job."""
    job = cv.job_wanted.strip()
    if not job:
        yield advice_of("metier")
    elif wanted_job.is_unclear_title(job):
        yield advice_of("titre_flou", text=job)
    for position, line in enumerate(cv.opening):
        if wanted_job.other_job_in(line, job):
            yield advice_of("autre_metier", step="accroche_2" if position else "accroche_1", text=line, mieux=job)


# --- Experiences and dates


def _experience_advice(profile: Profile, cv: Cv) -> Iterator[Advice]:
    kept = _kept_experiences(profile, cv)
    if not kept:
        yield advice_of("sans_experience" if _kept_studies(profile, cv) else "experience")
    for each in kept:
        name = experience_name(each)
        if not each.title.strip():
            yield advice_of("experience_sans_nom", item=each.id, text=name)
        if not any(line.strip() for line in each.phrases):
            yield advice_of("experience_sans_phrase", item=each.id, text=name)
        if not (each.period.start or each.period.end or each.period.words or each.period.ongoing):
            yield advice_of("experience_sans_date", item=each.id, text=name)
        if not (each.place or each.town):
            yield advice_of("experience_sans_lieu", item=each.id, text=name)
    with_phrases = [each for each in kept if each.phrases]
    if with_phrases and not any(re.search(r"\d", line) for each in with_phrases for line in each.phrases):
        yield advice_of("sans_nombre", item=with_phrases[0].id, text=experience_name(with_phrases[0]))


def _kept_experiences(profile: Profile, cv: Cv) -> list[Experience]:
    return [each for each in profile.experiences if each.id not in cv.hidden]


def _kept_studies(profile: Profile, cv: Cv) -> list[Study]:
    return [each for each in profile.studies if each.id not in cv.hidden]


def _date_advice(profile: Profile, cv: Cv, today: date) -> Iterator[Advice]:
    for each in _kept_experiences(profile, cv):
        key = _contradiction_key(each.period, today)
        if key:
            yield advice_of(key, item=each.id, text=experience_name(each))
    for study in _kept_studies(profile, cv):
        key = _contradiction_key(study.period, today)
        if study.state == "en_cours":
            key = "dates_finies" if _is_over(study.period, today) else key if key != "dates_futures" else ""
        if key:
            yield advice_of(key, step="etude_dates", item=study.id, text=study_name(study))


def _contradiction_key(period: Period, today: date) -> str:
    """Return the key of the advice for contradictory dates, or ''. Dates are compared only as far as both are known."""
    start, end, now = period.start, period.end, f"{today.year}-{today.month:02}"
    if period.ongoing and end:
        return "dates_en_cours"
    if start and end and end[: len(start)] < start[: len(end)]:
        return "dates_inversees"
    if any(point[:7] > now[: len(point)] for point in (start, end) if point):
        return "dates_futures"
    return "dates_anciennes" if start and start[:4] < f"{today.year - policy.OLDEST_YEARS}" else ""


def _is_over(period: Period, today: date) -> bool:
    """Tell whether a period has an end that lies in the past."""
    return bool(period.end) and period.end < f"{today.year}-{today.month:02}"[: len(period.end)]


def _gap_advice(profile: Profile, cv: Cv, today: date) -> Iterator[Advice]:
    """Advise on the newest uncovered period. An explained gap without dates is taken to cover all of them."""
    said = [gap for gap in profile.gaps if gap.id not in cv.hidden and gap.text]
    if any(not gap.period.start for gap in said):
        return
    told = [each.period for each in profile.experiences]
    told += [study.period for study in profile.studies] + [gap.period for gap in said]
    free = periods.uncovered_periods((p for p in told if _is_dated(p)), today=today, least=policy.GAP_MONTHS)
    if free:
        yield advice_of("trou", text=periods.period_text(free[-1]))


def _is_dated(period: Period) -> bool:
    return all(not point or _POINT.fullmatch(point) for point in (period.start, period.end)) and bool(period.start)


# --- The page


def _fill_advice(profile: Profile, cv: Cv, fill: float | None) -> Iterator[Advice]:
    kept = _kept_experiences(profile, cv)
    if fill is None:
        return
    if fill > 1:
        item, name = _first_to_hide(profile, cv)
        yield advice_of("trop_long", item=item, text=name)
    elif fill < policy.PAGE_TOO_EMPTY and kept:
        yield advice_of("trop_vide")


def _first_to_hide(profile: Profile, cv: Cv) -> tuple[str, str]:
    """Return id and name of the oldest experience or study if another one remains, else of the last interest."""
    dated = [(each.period, each.id, experience_name(each)) for each in _kept_experiences(profile, cv)]
    if len(dated) < 2:
        dated += [(study.period, study.id, study_name(study)) for study in _kept_studies(profile, cv)]
    if len(dated) > 1:
        _, item, name = max(dated, key=lambda one: periods.sort_key(one[0]))
        return item, name
    interests = [each for each in profile.interests if each.id not in cv.hidden]
    last = interests[-1] if interests else None
    return (last.id, last.label or last.detail) if last else ("", "la dernière ligne")


def _spelling_advice(shown: tuple[TextSpot, ...], remarks: Collection[TextRemark]) -> Iterator[Advice]:
    """Count the words of each question that need a second look; the button opens the question that holds them."""
    spots = {spot.text: spot for spot in reversed(shown)}
    counts = Counter((spot.step, spot.item, spot.name or text) for text, _ in remarks if (spot := spots.get(text)))
    for (step, item, name), count in counts.items():
        yield advice_of("orthographe" if count > 1 else "orthographe_un", step=step, item=item, text=name, nombre=count)


def _character_advice(shown: tuple[TextSpot, ...], uncovered: tuple[str, ...]) -> Iterator[Advice]:
    if uncovered:
        where = next((spot for spot in shown if any(sign in spot.text for sign in uncovered)), None)
        step, item = (where.step, where.item) if where else ("", "")
        yield advice_of("caracteres", step=step, item=item, text=" ".join(uncovered))


# --- Qualities


def _quality_advice(profile: Profile, cv: Cv) -> Iterator[Advice]:
    kept = [each for each in profile.qualities if each.id not in cv.hidden]
    if len(kept) > policy.QUALITIES_AT_MOST:
        yield advice_of("qualites_trop")
    for each in kept[: policy.QUALITIES_AT_MOST]:
        if not each.proof.strip():
            words = cv_prompts().qualities.get(each.key)
            yield advice_of(
                "qualite_sans_preuve",
                item=each.id,
                text=each.label or (words.nom_m if words else "Ta qualité"),
            )
