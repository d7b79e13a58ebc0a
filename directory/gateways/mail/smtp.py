"""Mail over SMTP, from the standard library: `smtps://` is encrypted from the start, `smtp://` as soon as the server can."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from directory.gateways.mail import Mail, NotSent, stop_headers

SECONDS = 20
_PERMANENT = 500
_WHOLE_LINES = SMTP.clone(max_line_length=998)
"""An address in the head that is folded is none any more; 998 is what a line may have (RFC 5322)."""


class SmtpMailer:
    """`server` is an address as in `smtp://user:password@mail.example.org:587`."""

    def __init__(self, server: str, sender: str) -> None:
        self._server = urlsplit(server)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        message = EmailMessage(_WHOLE_LINES)
        message["From"], message["To"], message["Subject"] = self._sender, mail.recipient, mail.subject
        message["Date"] = formatdate()
        message["Auto-Submitted"] = "auto-generated"
        for name, value in stop_headers(mail).items():
            message[name] = value
        message.set_content(mail.body)
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            raise NotSent("The mail server refused the recipient.", is_final=min(codes, default=0) >= _PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"The mail server answered {error.smtp_code}.", is_final=False) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server cannot be reached ({type(error).__name__}).") from None

    def _connected(self) -> smtplib.SMTP:
        host, context = self._server.hostname or "", ssl.create_default_context()
        connection: smtplib.SMTP
        if self._server.scheme == "smtps":
            connection = smtplib.SMTP_SSL(host, self._server.port or 465, timeout=SECONDS, context=context)
        else:
            connection = smtplib.SMTP(host, self._server.port or 587, timeout=SECONDS)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
        if self._server.username:
            connection.login(unquote(self._server.username), unquote(self._server.password or ""))
        return connection
