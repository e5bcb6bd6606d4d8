"""The name of the CV file, which an employer reads first."""

from __future__ import annotations

from clicnjob.cv.document.downloads import cv_file_name
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.text import file_name
from tests.for_each import for_each

NAMES = {
    ("Samira", "Benali", "Aide-soignante"): "CV-Samira-Benali-aide-soignante.pdf",
    ("kévin", "LE GOFF", "Préparateur de commandes"): "CV-Kevin-Le-Goff-preparateur-de-commandes.pdf",
    ("Jean-Noël", "d’Almeida", "Vendeur, vendeuse en boulangerie"): "CV-Jean-Noel-Dalmeida-vendeur.pdf",
    ("Zoé", "", ""): "CV-Zoe.pdf",
    ("", "", ""): "CV.pdf",
    ("李", "Nguyễn", "Cuisinier (H/F)"): "CV-Nguyen-cuisinier.pdf",
    ("../../etc", "a\\b:c*", "CON"): "CV-Etc-A-B-C-con.pdf",
    (
        "A" * 90,
        "B" * 90,
        "agent de service " * 9,
    ): f"CV-A{'a' * 21}-B{'b' * 21}-agent-de-service-agent-de.pdf",
    ("Léa", "Roy\r\nBcc: a@b.fr", "ÉBÉNISTE 🪚"): "CV-Lea-Roy-Bcc-A-B-Fr-ebeniste.pdf",
}


@for_each(("said", "wanted"), NAMES.items())
def test_a_cv_file_bears_the_name_and_the_job_in_ascii(said: tuple[str, str, str], wanted: str) -> None:
    first, last, job = said
    found = cv_file_name(Profile(first_name=first, last_name=last), Cv(job_wanted=job))
    assert found == wanted
    assert found.isascii() and found == file_name(found)


def test_the_word_file_has_the_same_name_as_the_pdf() -> None:
    kept, cv = Profile(first_name="Samira", last_name="Benali"), Cv(job_wanted="Serveuse")
    assert cv_file_name(kept, cv, "docx") == "CV-Samira-Benali-serveuse.docx"
