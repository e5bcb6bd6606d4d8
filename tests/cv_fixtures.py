"""Five people on paper, from nothing to too much and to nasty: what every model must show well."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from clicnjob.cv.document.page_content import Document, Entry, Section
from clicnjob.cv.document.templates import template_by_key


def empty(model: str = "sobre") -> Document:
    """Nobody has answered anything yet."""
    return _document(model, "", (), ())


def least(model: str = "sobre") -> Document:
    """A name, a phone, one thing done."""
    experiences = Section(
        "experiences",
        "Expériences",
        "entries",
        (Entry("Garde d’enfants", "En famille, Roubaix", "2023", ("Préparer le goûter de 2 enfants",)),),
    )
    return _document(model, "Yanis Benali", ("06 39 98 12 34", "Roubaix"), (experiences,))


def usual(model: str = "sobre") -> Document:
    """What most people leave with after an hour."""
    return replace(
        _document(
            model,
            "Lina Morel",
            ("06 39 98 12 34", "lina.morel@exemple.fr", "Calais", "À vélo, jusqu’à 8 km"),
            _usual_sections(),
        ),
        job_wanted="Serveuse en restauration",
        availability="Disponible tout de suite, aussi le week-end",
        opening=(
            "J’aime le service et le contact avec les clients.",
            "Trois mois de stage m’ont appris à garder mon calme quand la salle est pleine.",
        ),
    )


def full(model: str = "sobre") -> Document:
    """As much as one page can hold."""
    document = usual(model)
    more = tuple(
        Entry(heading, place, when, lines)
        for heading, place, when, lines in (
            (
                "Bénévole à la distribution alimentaire",
                "Les Restos du cœur, Calais",
                "Depuis 2022",
                ("Accueillir environ 60 familles par semaine", "Trier les fruits et légumes"),
            ),
        )
    )
    sections = tuple(replace(s, entries=s.entries + more) if s.key == "experiences" else s for s in document.sections)
    return replace(document, sections=sections)


def hostile(model: str = "sobre") -> Document:
    """Everything that a renderer could take for an order, and everything that could break a line."""
    nasty = (
        "Vente & R&D <stage> {{ 7*7 }} {% raw %} {# non #}",
        '#import "/etc/passwd": * et $x^2$ `code` \\ fin',
        "*gras* _it_ @ref <lab> = titre - tiret + plus / barre ~ tilde",
        "http://exemple.fr/a?b=c&d=e#f et //commentaire",
        "« Guillemets » “doubles” ‘simples’ \"droits\" 'droits' l’été… — – -",
        "محمد عبد الله",
        "Łukasz Đặng Thị Ngọc Ánh Ștefan Ğül",
        "Анна Ковальчук Γιώργος Παπαδόπουλος",
        "e\u0301te\u0301 x\u0302 Zoe\u0308 cœur ﬁn",
        "anticonstitutionnellement" * 8,
    )
    sections = (
        Section("skills", "Compétences & <b>", "tags", lines=nasty[:3]),
        Section(
            "experiences",
            "Expériences #1",
            "entries",
            entries=(
                Entry(nasty[0], nasty[1], "été 2022 {{ x }}", nasty[3:]),
                Entry("= Titre", "#v(1cm)", "01/2023 – 02/2023", ("%p if x", "{%p endif %}", "mot " * 60)),
            ),
        ),
        Section("languages", "Langues", "lines", lines=("العربية", "Français : écrit *bien*", "1. un", "- deux")),
    )
    document = _document(model, "Jean-Baptiste Émile d’Aubigné " + "Rodríguez-" * 8 + "Ñandú", nasty[3:5], sections)
    return replace(document, job_wanted=nasty[0], availability=nasty[2], opening=nasty[1:3])


FIXTURES = {"empty": empty, "least": least, "usual": usual, "full": full, "hostile": hostile}


def photo() -> bytes:
    """A drawn face, as small as a real one is after cleaning."""
    picture = Image.new("RGB", (480, 480), "#d8e2dc")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((90, 330, 390, 700), fill="#5c6b73")
    draw.ellipse((150, 100, 330, 330), fill="#c98f6b")
    draw.pieslice((140, 80, 340, 300), 180, 360, fill="#3b2a20")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _document(model: str, name: str, contact: tuple[str, ...], sections: tuple[Section, ...]) -> Document:
    chosen = template_by_key(model)
    return Document(name, "", "", contact, (), sections, model, chosen.accent_colour(""))


def _usual_sections() -> tuple[Section, ...]:
    return (
        Section(
            "skills",
            "Compétences",
            "tags",
            lines=(
                "Accueillir les clients",
                "Respecter les règles d’hygiène",
                "Encaisser",
                "Tenir un poste propre",
                "Travailler en équipe",
            ),
        ),
        Section(
            "experiences",
            "Expériences",
            "entries",
            entries=(
                Entry(
                    "Stage de serveuse",
                    "Restaurant Le Phare, Calais",
                    "Mai – juillet 2024",
                    (
                        "Servir les clients au comptoir, jusqu’à 40 par service",
                        "Dresser et débarrasser 15 tables",
                        "Encaisser en espèces et par carte",
                    ),
                ),
                Entry(
                    "Aide au marché",
                    "Primeur, place d’Armes, Calais",
                    "Été 2023",
                    (
                        "Monter le stand à 6 h, 3 jours par semaine",
                        "Peser et emballer les légumes",
                        "Rendre la monnaie sans erreur",
                    ),
                ),
                Entry(
                    "Garde d’enfants",
                    "En famille, Calais",
                    "Depuis 2021",
                    (
                        "Aider 2 enfants à faire leurs devoirs",
                        "Préparer les repas du mercredi",
                    ),
                ),
            ),
        ),
        Section(
            "studies",
            "Formation",
            "entries",
            entries=(
                Entry(
                    "Niveau CAP Cuisine", "Lycée professionnel du Détroit, Calais (diplôme non obtenu)", "2022 – 2023"
                ),
                Entry("Classe de 3e prépa-métiers", "Collège Vauban, Calais", "2021"),
            ),
        ),
        Section(
            "certificates",
            "Permis et certificats",
            "lines",
            lines=(
                "Permis AM (scooter)",
                "Sauveteur secouriste du travail (SST), 2024",
                "Hygiène alimentaire (HACCP), 2024",
            ),
        ),
        Section(
            "languages",
            "Langues",
            "lines",
            lines=(
                "Français : langue maternelle",
                "Arabe : je parle avec ma famille (B1)",
                "Anglais : notions (A2)",
            ),
        ),
        Section(
            "qualities",
            "Qualités",
            "lines",
            lines=(
                "Ponctuelle : jamais en retard pendant trois mois de stage",
                "Calme : les clients pressés ne me font pas peur",
            ),
        ),
        Section(
            "interests",
            "Centres d’intérêt",
            "tags",
            lines=("Futsal en club depuis 4 ans", "Pâtisserie", "Dessin"),
        ),
    )
