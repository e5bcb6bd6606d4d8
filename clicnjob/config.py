"""The settings: read once from the environment (CLICNJOB_…), frozen, refused when unsafe outside development."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

COOKIE = "clicnjob"  # the sign-in's cookie: HttpOnly, Strict, gone with the browser; see `cookie_name`


class Settings(BaseSettings):
    """Every setting with its default; docs/deploy.md lists them and a test compares the two."""

    model_config = SettingsConfigDict(env_prefix="CLICNJOB_", frozen=True, extra="ignore")

    mode: Literal["production", "development", "demo"] = Field(
        default="development",
        description="production refuse ce qui n’est pas sûr ; demo ajoute des personnes fictives",
    )
    home: Path = Field(default=Path("var"), description="dossier de la base SQLite et du secret du serveur")
    database_url: str = Field(default="", description="vide : SQLite dans le dossier ; sinon postgresql+psycopg://…")
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
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="niveau du journal")

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'clicnjob.sqlite3'}"

    @property
    def secure(self) -> bool:
        """Whether the public address is https, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")

    @property
    def second_factor_required(self) -> bool:
        """Whether every professional needs one: in production unless the settings say `offered`, elsewhere when they say so."""
        return self.second_factor == "required" or (self.mode == "production" and not self.second_factor)

    @property
    def outside_sign_in(self) -> bool:
        """Whether professionals may come in through an outside provider."""
        return bool(self.oidc_url and self.oidc_client_id)

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.mode == "production" and not self.secure:
            raise ValueError("CLICNJOB_PUBLIC_URL doit commencer par https:// en production.")
        if self.mode == "production" and self.oidc_url and not self.oidc_url.startswith("https://"):
            raise ValueError("CLICNJOB_OIDC_URL doit commencer par https:// en production.")
        return self


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def cookie_name(plain: str = COOKIE) -> str:
    """The name under which a cookie of ours travels: over https, one that no other host of the domain can write."""
    return f"__Host-{plain}" if settings().secure else plain


def pepper(chosen: Settings | None = None) -> bytes:
    """The secret mixed into every code and PIN; made at first need in a file only its owner reads, outside the database."""
    chosen = chosen or settings()
    if given := chosen.pepper.get_secret_value():
        return given.encode()
    file = chosen.home / "secret"
    if not file.exists():
        chosen.home.mkdir(parents=True, exist_ok=True)
        # Written aside, then linked: of two processes that start together, the second finds the first one's secret whole.
        draft = chosen.home / f"secret.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_bytes()
