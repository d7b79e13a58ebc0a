"""OpenID Connect with Authlib (the extra `oidc`): what the organization publishes of itself, the code, and the signed token."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from directory.gateways.oidc import Asked, Identity, IssuerAway, NotIdentified

SECONDS = 10
KNOWN_FOR_SECONDS = 3600
LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that only the organization can make; those with a shared secret, and none at all, count for nothing."""


class AuthlibIssuer:
    """`issuer` is the address that stands in its tokens; `secret` is "" where it gave none. `now` tells seconds since 1970."""

    def __init__(self, issuer: str, client_id: str, secret: str, name: str, *, now: Callable[[], float]) -> None:
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._secret = secret
        self._name = name
        self._now = now
        self._known: dict[str, Any] = {}
        self._keys: Any = None
        self._read_at = 0.0

    @property
    def name(self) -> str:
        return self._name or urlsplit(self._issuer).hostname or self._issuer

    def address_of_question(self, asked: Asked) -> str:
        known = self._metadata()
        with self._session(asked) as session:
            address, _state = session.create_authorization_url(
                known["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier
            )
        return str(address)

    def identity(self, asked: Asked, answer: dict[str, str]) -> Identity:
        known = self._metadata()
        if answer.get("error") or not answer.get("code") or answer.get("iss", known["issuer"]) != known["issuer"]:
            raise NotIdentified("The organization gave no code.")
        with self._session(asked) as session:
            try:
                token = session.fetch_token(known["token_endpoint"], code=answer["code"], code_verifier=asked.verifier)
            except RequestException as error:
                raise IssuerAway(f"The token cannot be fetched ({type(error).__name__}).") from None
            except Exception as error:
                raise NotIdentified(f"The organization did not take the code ({type(error).__name__}).") from None
        claims = self._claims(token, asked.nonce)
        return Identity(str(claims.get("email") or ""), claims.get("email_verified") is True)

    def _session(self, asked: Asked) -> Any:
        return OAuth2Session(
            self._client_id,
            self._secret or None,
            scope="openid email",
            redirect_uri=asked.back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            default_timeout=SECONDS,
        )

    def _claims(self, token: dict[str, Any], nonce: str) -> CodeIDToken:
        """What the signed token says, once signature, issuer, audience, time and nonce are right."""
        try:
            try:
                read = jwt.decode(str(token.get("id_token", "")), self._key_set(), algorithms=list(ALGORITHMS))
            except InvalidKeyIdError:  # it changed its keys since
                read = jwt.decode(str(token.get("id_token", "")), self._key_set(again=True), algorithms=list(ALGORITHMS))
            options = {
                "iss": {"essential": True, "value": self._metadata()["issuer"]},
                "aud": {"essential": True, "value": self._client_id},
            }
            params = {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")}
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(self._now()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            raise NotIdentified(f"The token is not good ({type(error).__name__}).") from None
        return claims

    def _metadata(self) -> dict[str, Any]:
        """What it publishes of itself, read at most once an hour."""
        if not self._known or self._now() - self._read_at > KNOWN_FOR_SECONDS:
            found = self._fetch(f"{self._issuer}/.well-known/openid-configuration")
            needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            if any(not isinstance(found.get(name), str) for name in needed) or found["issuer"].rstrip("/") != self._issuer:
                raise IssuerAway("What it publishes of itself is not of this issuer, or not whole.")
            self._known, self._keys, self._read_at = found, None, self._now()
        return self._known

    def _key_set(self, *, again: bool = False) -> Any:
        if self._keys is None or again:
            try:
                self._keys = KeySet.import_key_set(self._fetch(self._metadata()["jwks_uri"]))  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError) as error:
                raise IssuerAway(f"Its keys cannot be read ({type(error).__name__}).") from None
        return self._keys

    def _fetch(self, address: str) -> dict[str, Any]:
        with OAuth2Session() as session:
            try:
                answer = session.get(address, withhold_token=True, timeout=SECONDS)
                answer.raise_for_status()
                found = answer.json()
            except (RequestException, ValueError) as error:
                raise IssuerAway(f"Its server does not answer as it should ({type(error).__name__}).") from None
        if not isinstance(found, dict):
            raise IssuerAway("Its server does not answer as it should.")
        return found
