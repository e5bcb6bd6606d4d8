"""The settings, read once from the environment (CLICNJOB_…), and the installation's secret. Unsafe ones are refused in
production.

An error message names the variable and never its value, which may be a secret.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from clicnjob.errors import Refusal
from clicnjob.operations import address_forms, sms_template

_PREFIX = "CLICNJOB_"
_OF_THE_TESTS = {"CLICNJOB_REQUIRE_POSTGRES", "CLICNJOB_REQUIRE_BROWSER"}  # used by the test suite only
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_A_PORT = "donnez un nombre entre 1 et 65535"
_NUMBERS = {"port": _A_PORT, "smtp_port": _A_PORT, "people_at_once": "donnez un nombre entier, 0 pour ne pas limiter"}
SHORTEST_SECRET = 16  # characters; the one that `make_secret` makes has 64
COOKIE = "clicnjob"  # the sign-in cookie: HttpOnly, SameSite=Strict, a session cookie; see `cookie_name`


class Settings(BaseSettings):
    """Every setting with its default. docs/deploy.md lists them, and a test compares the two."""

    model_config = SettingsConfigDict(env_prefix="CLICNJOB_", frozen=True, extra="ignore", hide_input_in_errors=True)

    mode: Literal["production", "development", "demo"] = Field(
        default="development",
        description="production refuse ce qui n’est pas sûr ; demo ajoute des personnes fictives",
    )
    home: Path = Field(default=Path("var"), description="dossier de la base SQLite et du secret du serveur")
    database_url: str = Field(
        default="", repr=False, description="vide : SQLite dans le dossier ; sinon postgresql+psycopg://…"
    )
    host: str = Field(default="127.0.0.1", description="adresse d’écoute")
    port: int = Field(default=8501, ge=1, le=65535, description="port d’écoute")
    public_url: str = Field(default="", description="adresse publique, par exemple https://clicnjob.exemple.fr")
    pepper: SecretStr = Field(
        default=SecretStr(""), description="secret ajouté aux codes ; vide : fichier dans le dossier"
    )
    second_factor: Literal["", "offered", "required"] = Field(
        default="",
        description="required : tout professionnel entre avec un code de son téléphone ; vide : selon le mode",
    )
    oidc_url: str = Field(default="", description="adresse du fournisseur d’identité (ProConnect) ; vide : aucun")
    oidc_client_id: str = Field(default="", description="identifiant donné par le fournisseur")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="secret donné par le fournisseur")
    oidc_name: str = Field(default="ProConnect", description="nom du fournisseur sur le bouton")
    oidc_emails_verified: bool = Field(
        default=False,
        description="true : le fournisseur ne donne que des adresses vérifiées, sans le dire (ProConnect)",
    )
    smtp_host: str = Field(default="", description="serveur de courrier de la structure ; vide : aucun envoi")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="port du serveur de courrier")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="chiffrement du courrier ; none : seulement vers cette machine"
    )
    smtp_user: str = Field(default="", description="identifiant sur le serveur de courrier ; vide : aucun")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="mot de passe sur le serveur de courrier")
    smtp_from: str = Field(default="", description="adresse e-mail qui envoie, celle de la structure")
    mail_notifications: bool = Field(
        default=False, description="true : un jeune qui le veut est prévenu par e-mail, par ce même courrier"
    )
    sms_url: str = Field(default="", repr=False, description="adresse de la passerelle de SMS ; vide : aucun SMS")
    sms_method: Literal["POST", "PUT", "GET"] = Field(default="POST", description="méthode HTTP de la passerelle")
    sms_headers: SecretStr = Field(
        default=SecretStr(""), description="en-têtes en JSON, par exemple celui qui porte la clé ; c’est un secret"
    )
    sms_body: SecretStr = Field(
        default=SecretStr(""),
        description="ce qui est envoyé, JSON ou formulaire, avec {numero} (ou {numero_sans_plus}) et {texte}",
    )
    own_cards: bool = Field(
        default=True, description="true : un invité qui finit peut garder son travail avec une carte, sans structure"
    )
    people_at_once: int = Field(
        default=200,  # `benchmarks.load`: they use two thirds of a processor, 400 saturate it
        ge=0,
        description="personnes en même temps par processus ; au-delà, les suivantes attendent leur tour ; 0 : sans limite",
    )
    metrics: str = Field(
        default="", description="adresse et port de la page de mesures pour Prometheus ; vide : aucune page"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="niveau du journal")
    streamlit_patches: Literal["all", "safe", "none"] = Field(
        default="all",
        description="none : seulement ce qui protège les personnes ; safe : aussi ce qui évite un travail inutile",
    )

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'clicnjob.sqlite3'}"

    @property
    def secure(self) -> bool:
        """Whether the public address is https, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")

    @property
    def second_factor_required(self) -> bool:
        """Whether every professional needs a second factor: in production unless `offered` is set, else if `required` is."""
        return self.second_factor == "required" or (self.mode == "production" and not self.second_factor)

    @property
    def sends_mail(self) -> bool:
        """Whether young people may send their CV through the structure's own mail server."""
        return bool(self.smtp_host)

    @property
    def notifies_by_mail(self) -> bool:
        """Whether young people who agree are notified through the structure's mail server."""
        return self.sends_mail and self.mail_notifications

    @property
    def notifies_by_sms(self) -> bool:
        """Whether young people who agree are notified by SMS."""
        return bool(self.sms_url)

    @property
    def outside_sign_in(self) -> bool:
        """Whether professionals may sign in through an external identity provider."""
        return bool(self.oidc_url and self.oidc_client_id)

    @model_validator(mode="after")
    def _addresses_are_whole(self) -> Self:
        if self.public_url and not address_forms.is_web_address(self.public_url):
            raise ValueError(
                "CLICNJOB_PUBLIC_URL\u00a0: écrivez l’adresse entière, par exemple https://clicnjob.exemple.fr."
            )
        if self.oidc_url and not address_forms.is_web_address(self.oidc_url):
            raise ValueError("CLICNJOB_OIDC_URL\u00a0: écrivez l’adresse entière, qui commence par https://.")
        if self.database_url and not address_forms.is_database_address(self.database_url):
            raise ValueError(
                "CLICNJOB_DATABASE_URL\u00a0: écrivez postgresql+psycopg://utilisateur:motdepasse@serveur/base, "
                "ou laissez vide pour SQLite."
            )
        if self.metrics and address_forms.host_and_port(self.metrics) is None:
            raise ValueError("CLICNJOB_METRICS\u00a0: écrivez l’adresse et le port, par exemple 127.0.0.1:9464.")
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if not self.smtp_host:
            return self
        if not _HOST.fullmatch(self.smtp_host):
            raise ValueError("CLICNJOB_SMTP_HOST\u00a0: écrivez le nom du serveur seul, par exemple smtp.exemple.fr.")
        if not _MAIL.fullmatch(self.smtp_from):
            raise ValueError("CLICNJOB_SMTP_FROM\u00a0: écrivez l’adresse qui envoie, par exemple cv@exemple.fr.")
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError(
                "CLICNJOB_SMTP_USER et CLICNJOB_SMTP_PASSWORD vont ensemble\u00a0: donnez les deux, ou aucun."
            )
        if self.smtp_security == "none" and self.smtp_host not in _THIS_MACHINE:
            raise ValueError(
                "CLICNJOB_SMTP_SECURITY\u00a0: choisissez starttls ou tls pour un serveur qui est ailleurs."
            )
        return self

    @model_validator(mode="after")
    def _notifications_are_whole(self) -> Self:
        if self.mail_notifications and not self.smtp_host:
            raise ValueError(
                "CLICNJOB_MAIL_NOTIFICATIONS demande le courrier de la structure\u00a0: donnez CLICNJOB_SMTP_HOST."
            )
        if self.mode == "demo" and (self.sms_url or self.mail_notifications):
            # Its people are invented, and their numbers may be somebody's.
            name = "SMS_URL" if self.sms_url else "MAIL_NOTIFICATIONS"
            raise ValueError(f"CLICNJOB_{name}\u00a0: la démonstration ne prévient personne. Retirez ce réglage.")
        headers, body = self.sms_headers.get_secret_value(), self.sms_body.get_secret_value()
        if not self.sms_url:
            if headers or body:
                raise ValueError(
                    "CLICNJOB_SMS_URL manque\u00a0: donnez l’adresse de la passerelle, ou retirez CLICNJOB_SMS_…."
                )
            return self
        checks = (
            ("URL", lambda: sms_template.checked_address(self.sms_url)),
            ("HEADERS", lambda: sms_template.checked_headers(headers)),
            ("BODY", lambda: sms_template.checked_template(body, method=self.sms_method)),
        )
        for name, check in checks:
            try:
                check()
            except sms_template.WrongSmsSetting as wrong:
                raise ValueError(f"CLICNJOB_SMS_{name}\u00a0: {wrong}.") from None
        return self

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.mode != "production":
            return self
        if not self.secure:
            raise ValueError("CLICNJOB_PUBLIC_URL doit commencer par https:// en production.")
        if self.oidc_url and not self.oidc_url.startswith("https://"):
            raise ValueError("CLICNJOB_OIDC_URL doit commencer par https:// en production.")
        if 0 < len(self.pepper.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(
                f"CLICNJOB_PEPPER est trop court\u00a0: donnez au moins {SHORTEST_SECRET} signes, tirés au hasard."
            )
        return self


class WrongSetting(Refusal):
    """An environment variable has an unknown name or an invalid value."""


class SecretMissing(Refusal):
    """The installation's secret is missing or damaged, so that nothing hashed or encrypted with it can be used."""


@cache
def current_settings() -> Settings:
    """Return the settings of this process. Raises WrongSetting."""
    _refuse_unknown_names()
    try:
        return Settings()
    except ValidationError as wrong:
        said = " ".join(_mistake_sentence(error) for error in wrong.errors(include_url=False, include_input=False))
    raise WrongSetting(said)  # outside the `except`, so that pydantic's error is not chained: it may quote a secret


def cookie_name(plain: str = COOKIE) -> str:
    """Return the full name of a cookie: over https with the `__Host-` prefix, so that no other host can set it."""
    return f"__Host-{plain}" if current_settings().secure else plain


def secret_pepper(chosen: Settings | None = None) -> bytes:
    """Return the secret that hashes and keys depend on, which is stored outside the database. Raises SecretMissing."""
    chosen = chosen or current_settings()
    if given := chosen.pepper.get_secret_value():
        return given.encode()
    file = secret_file(chosen)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise SecretMissing(
            f"Le fichier «\u00a0secret\u00a0» manque dans {file.parent}\u00a0: sans lui, aucune carte ni mot de passe ne marche. "
            "Remettez-y celui de votre sauvegarde, puis recommencez."
        ) from None
    if len(content.strip()) < SHORTEST_SECRET:
        raise SecretMissing(
            f"Le fichier «\u00a0secret\u00a0» de {file.parent} est vide ou abîmé. "
            "Remettez-y celui de votre sauvegarde, puis recommencez."
        )
    return content


def secret_file(chosen: Settings | None = None) -> Path:
    """Return the path of the secret's file, used when no setting gives the secret."""
    return (chosen or current_settings()).home / "secret"


def make_secret(chosen: Settings | None = None) -> None:
    """Create the secret of a new installation, in a file that only its owner may read; do nothing if there is one."""
    chosen = chosen or current_settings()
    file = secret_file(chosen)
    if chosen.pepper.get_secret_value() or file.exists():
        return
    chosen.home.mkdir(parents=True, exist_ok=True)
    # A link fails if the file exists, so of two processes that start together the second uses the first one's secret.
    draft = chosen.home / f"secret.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32), encoding="ascii")
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()


def given_in_environment(name: str) -> str:
    """Return the environment's value of a setting, '' for none, without validating the settings as a whole."""
    return os.environ.get(_PREFIX + name.upper(), "")


def _refuse_unknown_names() -> None:
    """Refuse misspelt names, which would silently leave the default: « CLICNJOB_MODEE=production » ran as development."""
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and name.upper() not in {*known, *_OF_THE_TESTS}:
            near = get_close_matches(name.upper(), known, n=1, cutoff=0.85)
            instead = f"Vouliez-vous {near[0]}\u00a0?" if near else "Retirez-le, ou regardez docs/deploy.md."
            raise WrongSetting(f"{name} n’est pas un réglage. {instead}")


def _mistake_sentence(error: Any) -> str:
    """Translate an error of pydantic into a sentence, without the value."""
    if error["type"] == "value_error" and not error["loc"]:
        return str(error["ctx"]["error"])
    field = str(error["loc"][0])
    *words, last = get_args(Settings.model_fields[field].annotation) or ("",)
    asked = _NUMBERS.get(field, "donnez une autre valeur")
    if words:
        asked = f"choisissez {', '.join(words)} ou {last}"
    return f"{_PREFIX}{field.upper()}\u00a0: {asked}."
