"""Invented people, each with the way in which they write dates, telephone and places."""

from __future__ import annotations

from dataclasses import dataclass, field

from clicnjob.cv.model.profile import Period


@dataclass(frozen=True)
class Line:
    """One dated line of a CV: as written, and what it means."""

    when: str
    period: Period
    title: str
    place: str
    town: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """What one CV says. `name` and `phone` are as written; `parts` and `number` are what they mean."""

    name: str
    parts: tuple[str, str]
    phone: str
    number: str
    email: str
    address: str
    town: str
    job: str
    work: tuple[Line, ...]
    studies: tuple[Line, ...]
    skills: tuple[str, ...] = ("Travail en équipe", "Ponctualité", "Pack Office 2019")
    languages: tuple[str, ...] = ("Français : langue maternelle", "Anglais : B1")
    hobbies: tuple[str, ...] = ("Football en club depuis 2015", "Cuisine")
    about: str = field(default="Motivée et souriante, je cherche un premier emploi.")


def span(start: str, end: str = "", *, ongoing: bool = False) -> Period:
    return Period(start=start, end=end, ongoing=ongoing)


AWA = Person(
    "Awa BA", ("Awa", "BA"), "06 12 34 56 78", "+33612345678", "awa.ba@exemple.fr", "12 rue des Lilas, 69003 Lyon", "Lyon",
    "Vendeuse",
    (
        Line("Mars 2024 – Février 2025", span("2024-03", "2025-02"), "Vendeuse", "Boulangerie du Port", "Lyon",
             ("Accueillir les clients", "Tenir la caisse")),
        Line("Décembre 2021", span("2021-12", "2021-12"), "Stage d’observation", "Collège Jean-Moulin", "Lyon",
             ("Aider au CDI",)),
    ),
    (Line("2021 – 2023", span("2021", "2023"), "CAP Vente", "Lycée Hélène-Boucher", "Lyon"),),
)  # fmt: skip
KEVIN = Person(
    "MARTIN Kévin", ("Kévin", "MARTIN"), "07.45.12.98.30", "+33745129830", "kevin.martin59@exemple.fr", "59100 Roubaix",
    "Roubaix", "Préparateur de commandes",
    (
        Line("09/2023 - 03/2024", span("2023-09", "2024-03"), "Préparateur de commandes", "Entrepôt Nordlog", "Lesquin",
             ("Préparation de 120 colis par jour", "Conduite de transpalette")),
        Line("07/2022 - 08/2022", span("2022-07", "2022-08"), "Agent d’entretien", "Mairie de Roubaix", "Roubaix"),
        Line("05/2021", span("2021-05", "2021-05"), "Stagiaire mécanicien", "Garage Dupuis", "Tourcoing"),
    ),
    (
        Line("2020 - 2022", span("2020", "2022"), "CAP Maintenance des véhicules", "CFA Roubaix", "Roubaix"),
        Line("2020", span("2020"), "Brevet des collèges", "Collège Sévigné", "Roubaix"),
    ),
    about="Sérieux et ponctuel.",
)  # fmt: skip
INES = Person(
    "Inès Benali", ("Inès", "Benali"), "+33 6 98 76 54 32", "+33698765432", "ines.benali@exemple.fr", "Marseille (13)",
    "Marseille", "Serveuse",
    (
        Line("depuis juin 2024", span("2024-06", ongoing=True), "Serveuse", "Le Bistrot du Vieux-Port", "Marseille",
             ("Service de 40 couverts", "Prise de commandes")),
        Line("juillet - août 2023", span("2023-07", "2023-08"), "Animatrice", "Centre aéré Les Pins", "Aubagne"),
        Line("2022", span("2022"), "Baby-sitting", "Famille Roux", "Marseille"),
    ),
    (Line("2021 - 2024", span("2021", "2024"), "Bac pro Commercialisation et services", "Lycée Bonneveine", "Marseille"),),
    languages=("Français", "Arabe", "Espagnol : A2"),
)  # fmt: skip
MOUSSA = Person(
    "Moussa Traoré", ("Moussa", "Traoré"), "0651428790", "+33651428790", "moussatraore@exemple.com", "93200 Saint-Denis",
    "Saint-Denis", "Aide-cuisinier",
    (
        Line("De septembre 2023 à juin 2024", span("2023-09", "2024-06"), "Commis de cuisine", "Restaurant Le Phare",
             "Paris", ("Éplucher et couper les légumes", "Faire la plonge")),
        Line("De janvier 2023 à mars 2023", span("2023-01", "2023-03"), "Plongeur", "Hôtel Central", "Paris"),
    ),
    (
        Line("De septembre 2022 à juin 2023", span("2022-09", "2023-06"), "Remise à niveau", "École de la 2e chance",
             "La Courneuve"),
    ),
    languages=("Bambara", "Soninké", "Français : B1"),
)  # fmt: skip
LEA = Person(
    "Léa Marie Nguyen", ("Léa", "Marie Nguyen"), "06-33-21-45-67", "+33633214567", "lea.nguyen@exemple.fr", "31000 Toulouse",
    "Toulouse", "Auxiliaire de vie",
    (
        Line("Janvier 2025 – aujourd’hui", span("2025-01", ongoing=True), "Auxiliaire de vie", "ADMR", "Toulouse",
             ("Aide au repas", "Courses et ménage")),
        Line("Juin 2023 – Décembre 2024", span("2023-06", "2024-12"), "Agent de service", "EHPAD Les Tilleuls", "Muret"),
    ),
    (Line("2019 – 2022", span("2019", "2022"), "Bac pro ASSP", "Lycée Gabriel-Péri", "Toulouse"),),
)  # fmt: skip
YANIS = Person(
    "Yanis LE GOFF", ("Yanis", "LE GOFF"), "06 78 45 12 03", "+33678451203", "y.legoff@exemple.fr", "Brest", "Brest",
    "Électricien",
    (
        Line("2023 - 2025", span("2023", "2025"), "Apprenti électricien", "SARL Élec Ouest", "Brest",
             ("Pose de prises et de gaines",)),
        Line("Été 2022", Period(start="2022", words="Été 2022"), "Ramasseur de fraises", "Ferme de Plougastel",
             "Plougastel"),
    ),
    (Line("2023 - 2025", span("2023", "2025"), "CAP Électricien", "CFA du Bâtiment", "Brest"),),
    hobbies=("Voile", "Musique"),
)  # fmt: skip
FATOU = Person(
    "Fatoumata Diallo", ("Fatoumata", "Diallo"), "07 69 00 11 22", "+33769001122", "fatou.diallo@exemple.fr",
    "76000 Rouen", "Rouen", "Agent d’entretien",
    (
        Line("Sept. 2024 - Nov. 2024", span("2024-09", "2024-11"), "Agent d’entretien", "Onet", "Rouen",
             ("Nettoyage de bureaux",)),
        Line("Avr. 2023", span("2023-04", "2023-04"), "Stage en pressing", "Pressing du Centre", "Rouen"),
        Line("2019 - 2022", span("2019", "2022"), "Vendeuse au marché", "Marché Madina", "Conakry"),
    ),
    (Line("2018", span("2018"), "Baccalauréat", "Lycée Donka", "Conakry"),),
    languages=("Peul", "Français : C1"),
)  # fmt: skip
LUCAS = Person(
    "Lucas Petit-Jean", ("Lucas", "Petit-Jean"), "06 10 20 30 40", "+33610203040", "lucaspj@exemple.org",
    "Clermont-Ferrand (63000)", "Clermont-Ferrand", "Magasinier cariste",
    (
        Line("01/02/2024 au 30/06/2024", span("2024-02", "2024-06"), "Magasinier cariste", "Michelin", "Clermont-Ferrand",
             ("Rangement du stock", "Inventaire")),
        Line("03/10/2023 au 31/12/2023", span("2023-10", "2023-12"), "Manutentionnaire", "Intermarché", "Riom"),
    ),
    (
        Line("2022", span("2022"), "CACES 1, 3 et 5", "Centre de formation AFTRAL", "Clermont-Ferrand"),
        Line("2021", span("2021"), "Bac pro Logistique", "Lycée La Fayette", "Clermont-Ferrand"),
    ),
)  # fmt: skip
PEOPLE = (AWA, KEVIN, INES, MOUSSA, LEA, YANIS, FATOU, LUCAS)
