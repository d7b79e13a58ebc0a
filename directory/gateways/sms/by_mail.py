"""Text messages through a telephone company's mail: the number at its domain."""

from directory.gateways.mail import Mail, Mailer
from directory.gateways.sms import TextMessage


class MailTextSender:
    """`domain` is that of the gateway; it is told the digits of the number."""

    def __init__(self, mailer: Mailer, domain: str) -> None:
        self._mailer = mailer
        self._domain = domain

    def send(self, message: TextMessage) -> None:
        self._mailer.send(Mail(f"{message.recipient.lstrip('+')}@{self._domain}", "", message.body))
