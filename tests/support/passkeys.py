"""A device that holds passkeys, in plain Python: it answers what a browser would have signed, counts its answers, and can be copied."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from directory.services.accounts.passkeys import Question, Site

_PRESENT, _VERIFIED, _NEW_KEY = 0x01, 0x04, 0x40


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """`asks_owner`: it makes sure of its owner before it answers. `counts`: it counts its answers; others always tell nought."""

    asks_owner: bool = True
    counts: bool = True
    count: int = 0
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owner: bytes = b""

    def make(self, question: Question, site: Site) -> str:
        """The answer to being asked to make a passkey."""
        self.owner = _bytes(question.options["user"]["id"])
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        named = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cose
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._told(site, _NEW_KEY) + named})
        client = self._client(question, site, "webauthn.create")
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(attestation)})

    def sign(self, question: Question, site: Site, **changed: str) -> str:
        """The answer to being asked for a passkey; `changed` takes the place of parts of the response."""
        told, client = self._told(site), self._client(question, site, "webauthn.get")
        signature = self.key.sign(told + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        response = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(told),
            "signature": _text(signature),
            "userHandle": _text(self.owner),
        }
        return self._answer({**response, **changed})

    def _told(self, site: Site, flags: int = 0) -> bytes:
        self.count += self.counts
        flags |= _PRESENT | (_VERIFIED if self.asks_owner else 0)
        return hashlib.sha256(site.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, question: Question, site: Site, kind: str) -> bytes:
        told = {"type": kind, "challenge": question.options["challenge"], "origin": site.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        name = _text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}})
