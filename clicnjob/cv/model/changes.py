"""Says in a few words what changed between two versions of the profile, for its history."""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob.cv.model.profile import Experience, Profile, Study
from clicnjob.cv.model.spots import experience_name, study_name
from clicnjob.works import WorkBody

_MOST = 3  # changes said of one version
_LONGEST = 40  # characters of a text quoted
_FIELDS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "phone": "Téléphone",
    "email": "E-mail",
    "town": "Ville",
    "availability": "Disponibilité",
    "mobility": "Déplacements",
    "skills": "Compétences",
}
_LISTS = {
    "experiences": "Expérience",
    "studies": "Études",
    "certificates": "Permis",
    "languages": "Langue",
    "qualities": "Qualité",
    "interests": "Ce que j’aime",
    "gaps": "Période",
}
_PARTS = {"period": "dates", "phrases": "lignes", "place": "lieu", "town": "ville", "school": "école", "title": "nom"}


def change_text(before: Profile | None, after: Profile) -> str:
    """Return what a version changed: « Expérience ajoutée : Vendeuse ». `before` is None for the first version."""
    if before is None:
        return "Le début"
    said = list(_change_lines(before, after))
    rest = len(said) - _MOST
    more = [f"et {rest} autres changements" if rest > 1 else "et un autre changement"] if rest > 0 else []
    return ", ".join([*said[:_MOST], *more]) or "Rien de visible"


def _change_lines(before: Profile, after: Profile) -> Iterator[str]:
    for field, name in _FIELDS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            act = "ajouté" if not old else "enlevé" if not new else "changé"
            yield f"{name}\u00a0: {act}"
    for field, name in _LISTS.items():
        old_items = {item.id: item for item in getattr(before, field)}
        new_items = {item.id: item for item in getattr(after, field)}
        for item_id in [*old_items, *(each for each in new_items if each not in old_items)]:
            if (said := _item_change(old_items.get(item_id), new_items.get(item_id))) != "":
                yield f"{name}\u00a0: {said}"


def _item_change(old: WorkBody | None, new: WorkBody | None) -> str:
    if old == new:
        return ""
    if old is None or new is None:
        return f"{_item_name(new or old)} {'ajouté' if old is None else 'enlevé'}"
    parts = [word for field, word in _PARTS.items() if getattr(old, field, None) != getattr(new, field, None)]
    return f"{_item_name(new)}, {' et '.join(parts) or 'réponse'}"


def _item_name(item: WorkBody | None) -> str:
    """Return the name of an item in quotation marks, cut if it is long."""
    if isinstance(item, Experience):
        name = experience_name(item)
    elif isinstance(item, Study):
        name = study_name(item)
    else:
        said = (getattr(item, field, "") for field in ("label", "detail", "text", "key"))
        name = next(filter(None, said), "sans nom")
    short = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"
    return f"«\u00a0{short}\u00a0»"
