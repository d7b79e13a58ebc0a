"""A small issuer of OpenID Connect on this machine, over real HTTP: it lets in whoever it is told, and its tokens can be made wrong."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "directory", "a secret that both know"


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": secrets.token_hex(4)})


@cache
def first_key() -> RSAKey:
    """A key that every issuer begins with: making one takes long."""
    return new_key()


@dataclass
class Issuer:
    """`claims`: what its tokens say in the place of the usual; `metadata`: the same of what it publishes of itself."""

    now: Callable[[], float]
    address: str = ""
    email: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    is_away: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=first_key)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def change_key(self) -> None:
        """Sign with another key from now on."""
        self.key = new_key()

    def pages(self) -> dict[str, Any]:
        """What it publishes of itself."""
        at = self.address
        own = {"issuer": at, "authorization_endpoint": f"{at}/ask", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"}
        keys = KeySet([self.key]).as_dict(private=False)
        return {"/.well-known/openid-configuration": {**own, **self.metadata}, "/keys": keys}

    def ask(self, query: dict[str, str]) -> str:
        """Let somebody in, and send them back with a code."""
        assert (query["response_type"], query["client_id"], query["code_challenge_method"]) == ("code", CLIENT, "S256")
        assert set(query["scope"].split()) == {"openid", "email"}
        code = secrets.token_urlsafe(8)
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Give a token for a code, once, to whoever has the secret and the verifier."""
        asked = self.asked.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"] or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if authorization not in (f"Basic {known}", f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"):
            return 401, {"error": "invalid_client"}
        now = int(self.now())
        told = {"iss": self.address, "sub": "somebody", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        told |= {"email": self.email, "email_verified": True, **self.claims}
        key = OctKey.import_key(SECRET * 2) if self.algorithm.startswith("HS") else self.key
        signed = jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, told, key, algorithms=[self.algorithm])
        return 200, {"access_token": "of no use here", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class _Answers(BaseHTTPRequestHandler):
    issuer: ClassVar[Issuer]

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if self.issuer.is_away:
            self._send(503, {})
        elif path == "/ask":
            self.send_response(302)
            self.send_header("Location", self.issuer.ask({name: values[0] for name, values in parse_qs(query).items()}))
            self.end_headers()
        else:
            found = self.issuer.pages().get(path)
            self._send(200 if found else 404, found or {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._send(*self.issuer.token(form, self.headers.get("Authorization", "")))

    def _send(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_anything: object) -> None:
        """Nothing."""


@contextmanager
def serving_issuer(now: Callable[[], float]) -> Iterator[Issuer]:
    """An issuer that answers on this machine."""
    issuer = Issuer(now)
    answers = type("Answers", (_Answers,), {"issuer": issuer})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        issuer.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
