"""The client of the external identity provider (OIDC), the only module that calls it. Off until the settings name one.

It uses the code flow with PKCE, state and nonce, and checks the ID token's signature, issuer, audience, authorised
party, times and nonce. An e-mail address counts only when the provider says, by a true boolean, that it is verified.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from clicnjob import policy
from clicnjob.config import current_settings
from clicnjob.errors import Refusal

_SCOPE = "openid email"
_CLAIMS = '{"id_token":{"amr":{"essential":true}}}'  # ProConnect sends `amr` only on request
_SIGNED_BY = ["RS256", "ES256"]
_LEEWAY = 60  # seconds that two clocks may differ
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, 2


class ProviderSilent(Refusal):
    """The provider does not answer, or not as the standard requires."""

    sentence = "Le fournisseur d’identité ne répond pas. Entrez avec votre mot de passe."


class NotProven(Refusal):
    """The answer does not match the request, or its token is not valid."""

    sentence = "La connexion n’a pas abouti. Recommencez."


@dataclass(frozen=True, slots=True)
class ProviderRequest:
    """What our cookie remembers while the person is at the provider's page."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back; `strong` means that the provider checked a second factor."""

    issuer: str
    subject: str
    email: str
    strong: bool


def way_there(*, redirect_to: str) -> tuple[str, ProviderRequest]:
    """Return (URL to redirect to, what to remember). Raises ProviderSilent when its configuration cannot be read."""
    asked = ProviderRequest(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    address, _state = _oauth_session(redirect_to).create_authorization_url(
        _provider_description()["authorization_endpoint"],
        state=asked.state,
        nonce=asked.nonce,
        code_verifier=asked.verifier,
        claims=_CLAIMS,
    )
    return str(address), asked


def who_came(code: str, asked: ProviderRequest, *, redirect_to: str, now: datetime) -> Identity:
    """Exchange the code for an identity. Raises ProviderSilent without a proper answer, NotProven when a check fails."""
    described = _provider_description()
    session = _oauth_session(redirect_to)
    try:
        told = session.fetch_token(
            described["token_endpoint"],
            code=code,
            code_verifier=asked.verifier,
            grant_type="authorization_code",
            timeout=policy.OUTSIDE_SECONDS,
        )
        keys = KeySet.import_key_set(cast(Any, _json_of(described["jwks_uri"])))
        claims = _checked_claims(str(told.get("id_token", "")), keys, asked, described["issuer"], now)
        address = claims if claims.get("email") else _userinfo_claims(session, described, keys, claims["sub"], now)
    except (requests.RequestException, ValueError, KeyError) as fault:
        raise ProviderSilent from fault
    except (JoseError, AuthlibBaseError) as fault:
        raise NotProven from fault
    return Identity(described["issuer"], str(claims["sub"]), _verified_email(address), _vouches_mfa(claims))


def _vouches_mfa(claims: dict[str, Any]) -> bool:
    """Return whether the provider states a second factor: in `amr`, a list (RFC 8176), or by a level in `acr`."""
    methods = claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or str(claims.get("acr", "")) in policy.OUTSIDE_MFA


def _checked_claims(token: str, keys: KeySet, asked: ProviderRequest, issuer: str, now: datetime) -> dict[str, Any]:
    """Return the verified claims of the ID token (OpenID Connect Core 1.0, 3.1.3.7). Raises JoseError, NotProven."""
    claims = dict(jwt.decode(token, keys, algorithms=_SIGNED_BY).claims)
    _check_sender(claims, issuer, now, must=("iss", "aud", "exp", "iat", "sub"))
    if claims.get("nonce") != asked.nonce:
        raise NotProven
    if not isinstance(claims["sub"], str) or len(claims["sub"]) > _LONGEST_SUBJECT:
        raise NotProven
    if now.timestamp() - claims["iat"] > policy.OUTSIDE_SIGN_IN_LASTS.total_seconds() + _LEEWAY:
        raise NotProven
    return claims


def _check_sender(claims: dict[str, Any], issuer: str, now: datetime, *, must: tuple[str, ...]) -> None:
    """Check that claims come from this provider, are for us alone and in time. Raises JoseError, NotProven otherwise."""
    ours = current_settings().oidc_client_id
    rules: Any = {name: {"essential": True} for name in must}
    rules |= {"iss": {"essential": "iss" in must, "value": issuer}, "aud": {"essential": "aud" in must, "value": ours}}
    jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_LEEWAY, **rules).validate(claims)
    audience = claims.get("aud", ours)
    for_others = isinstance(audience, list) and len(audience) != 1
    if claims.get("azp", None if for_others else ours) != ours:
        raise NotProven


def _verified_email(said: dict[str, Any]) -> str:
    """Return the e-mail address if the provider verified it, else '': the person is then known by `sub` only."""
    silent = "email_verified" not in said and current_settings().oidc_emails_verified
    email = said.get("email")
    return email if isinstance(email, str) and (silent or said.get("email_verified") is True) else ""


def _userinfo_claims(
    session: OAuth2Session, described: dict[str, Any], keys: KeySet, subject: str, now: datetime
) -> dict[str, Any]:
    """Return the claims of the userinfo endpoint: JSON, or a signed token (ProConnect).

    Raises NotProven when they are about another subject.
    """
    if "userinfo_endpoint" not in described:
        return {}
    answer = session.get(described["userinfo_endpoint"], timeout=policy.OUTSIDE_SECONDS)
    answer.raise_for_status()
    if answer.headers.get("content-type", "").startswith("application/jwt"):
        said = dict(jwt.decode(answer.text, keys, algorithms=_SIGNED_BY).claims)
        _check_sender(said, described["issuer"], now, must=("iss", "aud"))
    else:
        said = answer.json()
    if not isinstance(said, dict) or said.get("sub") != subject:
        raise NotProven
    return {name: said[name] for name in ("email", "email_verified") if name in said}


def _oauth_session(redirect_to: str) -> OAuth2Session:
    chosen = current_settings()
    return OAuth2Session(
        chosen.oidc_client_id,
        chosen.oidc_client_secret.get_secret_value() or None,
        scope=_SCOPE,
        redirect_uri=redirect_to,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post" if chosen.oidc_client_secret.get_secret_value() else "none",
    )


def _provider_description() -> dict[str, Any]:
    """Return the provider's metadata. Raises ProviderSilent when unreadable or when its issuer is not the one set."""
    issuer = current_settings().oidc_url.rstrip("/")
    try:
        said = _json_of(f"{issuer}/.well-known/openid-configuration")
    except (requests.RequestException, ValueError) as fault:
        raise ProviderSilent from fault
    if str(said.get("issuer", "")).rstrip("/") != issuer:
        raise ProviderSilent
    return said


def _json_of(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=policy.OUTSIDE_SECONDS)
    answer.raise_for_status()
    said = answer.json()
    if not isinstance(said, dict):
        raise ValueError("not an object")
    return said
