"""The register's entries for professionals: invitations, second factor, outside identity, a structure's settings."""

from __future__ import annotations

from clicnjob import policy
from clicnjob.privacy.register.processings import IDENTIFIER, MADE, OWNER, STRUCTURE, TableRetention, duration_text

_ACCOUNT = "durée du compte du professionnel"
_BRAKE = "freiner qui essaie des codes"

STAFF: dict[str, TableRetention] = {
    "structuresettings": TableRetention("access", "Les réglages d’une structure, version par version", STRUCTURE, {
        "organisation_id": "rattacher à la structure", "version": "revenir en arrière", "body": "régler l’application",
        "by_id": "savoir qui a réglé", "at": MADE,
    }),
    "calendarfeed": TableRetention("access", "L’adresse privée de l’agenda d’un professionnel",
    "jusqu’à son arrêt, un nouveau mot de passe ou la fermeture du compte", {
        "account_id": OWNER, "token_digest": "reconnaître l’adresse sans la garder",
        "names": "dire ce que l’agenda montre d’un jeune", "made_at": MADE,
    }),
    "invitation": TableRetention("access", "Un lien d’invitation d’un professionnel", duration_text(policy.INVITATIONS_KEPT), {
        "id": IDENTIFIER, "token_digest": "n’ouvrir le lien qu’une fois, sans garder son jeton", "account_id": OWNER,
        "by_id": "savoir qui a invité", "made_at": MADE, "used_at": "n’ouvrir le lien qu’une fois",
        "revoked_at": "pouvoir annuler un lien",
    }),
    "outsideidentity": TableRetention("access", "L’identité d’un professionnel chez un fournisseur (ProConnect…)", _ACCOUNT, {
        "account_id": OWNER, "email": "reconnaître le professionnel la première fois", "issuer": "reconnaître le fournisseur",
        "subject": "reconnaître le professionnel", "linked_at": MADE,
    }),
    "recoverycode": TableRetention("access", "Un code de secours, gardé sous forme d’empreinte", _ACCOUNT, {
        "id": IDENTIFIER, "account_id": OWNER, "code_digest": "vérifier le code sans le garder",
        "used_at": "ne servir qu’une fois",
    }),
    "secondfactor": TableRetention("access", "La double vérification d’un professionnel", _ACCOUNT, {
        "account_id": OWNER, "secret": "vérifier un code à six chiffres ; chiffré",
        "next_secret": "changer de téléphone ; chiffré",
        "made_at": MADE, "confirmed_at": "savoir si elle est en service", "last_step": "refuser deux fois le même code",
        "wrong_tries": _BRAKE, "wait_until": _BRAKE,
    }),
}  # fmt: skip
