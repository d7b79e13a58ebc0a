"""Which ways of sending there are here: what settings name, in a demo a folder, else none, and then people send from their own device."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from directory.gateways.mail import Mailer
from directory.gateways.mail.folder import FolderMailer
from directory.gateways.mail.smtp import SmtpMailer
from directory.gateways.sms import TextSender
from directory.gateways.sms.by_mail import MailTextSender
from directory.gateways.sms.folder import FolderSender
from directory.gateways.sms.webhook import WebhookSender
from directory.settings import Settings


class Way(StrEnum):
    MAIL = "mail"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Ways:
    """`is_demo`: what is sent is written into `folder` and goes nowhere."""

    mailer: Mailer | None = None
    texter: TextSender | None = None
    folder: Path | None = None

    @property
    def open(self) -> tuple[Way, ...]:
        """The ways there are."""
        return tuple(way for way, sender in ((Way.TEXT, self.texter), (Way.MAIL, self.mailer)) if sender is not None)


def ways_of(settings: Settings, *, is_demo: bool) -> Ways:
    """Links in messages need an address that nobody else can set, so without PUBLIC_ADDRESS nothing is sent but into a folder."""
    mailer = SmtpMailer(settings.mail_server, settings.mail_from) if settings.mail_server and settings.mail_from else None
    texter: TextSender | None = None
    if settings.text_webhook_url:
        texter = WebhookSender(settings.text_webhook_url, settings.text_webhook_token)
    elif settings.text_mail_domain and mailer is not None:
        texter = MailTextSender(mailer, settings.text_mail_domain)
    if settings.public_address and (mailer or texter):
        return Ways(mailer, texter)
    if is_demo:
        folder = settings.data_dir / "outbox"
        return Ways(FolderMailer(folder), FolderSender(folder), folder)
    return Ways()
