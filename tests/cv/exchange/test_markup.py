"""HTML and Markdown become text; what only looks like them stays."""

from __future__ import annotations

import time

from clicnjob.cv.exchange import markup
from tests.for_each import for_each


@for_each(
    ("written", "plain"),
    [
        ("<p>Je suis <strong>motivée</strong> &amp; ponctuelle.</p>", "Je suis motivée & ponctuelle."),
        ("<ul><li>Tenir la caisse</li><li><p>Ranger</p></li></ul>", "Tenir la caisse\nRanger"),
        ("Vente<br/>Caisse", "Vente\nCaisse"),
        ('Voir <a href="https://exemple.fr/">mon site</a>', "Voir mon site (exemple.fr)"),
        ("<script>alert(1)</script><p>Bonjour</p>", "Bonjour"),
        ("**Accueil** des clients", "Accueil des clients"),
        ("Voir [mon site](https://exemple.fr)", "Voir mon site (exemple.fr)"),
        ("[awa@exemple.fr](mailto:awa@exemple.fr)", "awa@exemple.fr"),
        ("- Caisse\n- _Rayon_\n* Accueil", "Caisse\nRayon\nAccueil"),
        ("# Vendeuse\n\n---\nCaisse", "Vendeuse\nCaisse"),
        ("`Excel` et ~~Word~~", "Excel et Word"),
        ("Vente &amp; caisse", "Vente & caisse"),
        ("Ranger <le> rayon", "Ranger <le> rayon"),
        ("3 < 4 et 5 > 2", "3 < 4 et 5 > 2"),
        ("R&D, AT&T; 2*3*4", "R&D, AT&T; 2*3*4"),
        ("mon_fichier_final", "mon_fichier_final"),
        ("-10 % de pertes", "-10 % de pertes"),
        ("", ""),
    ],
)
def test_markup_becomes_text(written: str, plain: str) -> None:
    assert markup.plain_text(written) == plain


@for_each("piece", ["**a", "[a", "*a ", "<b ", "_a_", "`", "&amp", "[a](", "* \n", "#", "<a href=x>", "</p>"])
def test_markup_made_to_be_slow_is_read_at_once(piece: str) -> None:
    begun = time.process_time()
    markup.plain_text((piece * 8_000)[:8_000])
    assert time.process_time() - begun < 0.5
