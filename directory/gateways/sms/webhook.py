"""Text messages through whatever the operator has: an address that takes `{"to": …, "text": …}` as JSON by POST."""

import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from directory.gateways.mail import NotSent
from directory.gateways.sms import TextMessage

SECONDS = 20
_FINAL = frozenset({400, 404, 422})


class _NoRedirect(HTTPRedirectHandler):
    """A number goes to the address that was set and nowhere else."""

    def redirect_request(self, *_given: object) -> None:
        return None


class WebhookSender:
    """`token` goes along as a bearer token where there is one."""

    def __init__(self, address: str, token: str = "") -> None:
        self._address = address
        self._token = token
        self._opener = build_opener(_NoRedirect)

    def send(self, message: TextMessage) -> None:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self._token}"} if self._token else {})}
        body = json.dumps({"to": message.recipient, "text": message.body}).encode()
        request = Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310  # settings take http and https only
        try:
            with self._opener.open(request, timeout=SECONDS):
                return
        except HTTPError as error:
            error.close()
            raise NotSent(f"The text service answered {error.code}.", is_final=error.code in _FINAL) from None
        except (URLError, OSError, HTTPException) as error:
            raise NotSent(f"The text service cannot be reached ({type(error).__name__}).") from None
