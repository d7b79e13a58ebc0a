"""Messages that leave the house: sealed while they wait, sent once, forgotten, counted, and silent in the log."""

import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
import structlog
from sqlalchemy import text

from directory.domain.clock import FixedClock
from directory.domain.errors import InvalidInput, TooMany, Unavailable
from directory.domain.lists import Entry, HandList
from directory.gateways.mail import Mail, NotSent
from directory.gateways.mail.smtp import SmtpMailer
from directory.gateways.sms import TextMessage
from directory.gateways.sms.by_mail import MailTextSender
from directory.gateways.sms.webhook import WebhookSender
from directory.jobs.messages import Messages
from directory.services.listings.community import save_community
from directory.services.lists.share import Made, end_sharing, share_list
from directory.services.messages.deliver import MOST_ATTEMPTS, deliver_messages
from directory.services.messages.send import BY_SENDER, TO_RECIPIENT, send_link
from directory.services.messages.waiting import read_waiting
from directory.services.messages.ways import Way, Ways, ways_of
from directory.services.parts import Parts
from directory.settings import Settings, SettingsError, read_settings
from tests.support.neighbourhood import PANTRY, WEST_PHILADELPHIA, furnish

LINK = "https://directory.example/l/7f3k9qpm2xtd"
NUMBER, ADDRESS = "215-555-0142", "marguerite@example.org"


class Told:
    """Remembers what it was told to send; fails as often as it is asked to."""

    def __init__(self, failures: int = 0, *, is_final: bool = False) -> None:
        self.sent: list[object] = []
        self._failures, self._is_final = failures, is_final

    def send(self, message: object) -> None:
        if self._failures:
            self._failures -= 1
            raise NotSent("not now", is_final=self._is_final)
        self.sent.append(message)


@pytest.fixture
def demo(parts: Parts) -> Parts:
    furnish(parts)
    save_community(parts, "tests", replace(WEST_PHILADELPHIA, is_demo=True))
    return parts


@pytest.fixture
def made(demo: Parts) -> Made:
    return share_list(demo, HandList((Entry(PANTRY),), "", "en"), days=1, sender="maker")


def ask(parts: Parts, made: Made, way: Way = Way.TEXT, recipient: str = NUMBER, sender: str = "worker") -> None:
    send_link(parts, way, recipient, subject="Your list", body=f"Your list: {LINK}", list_id=made.list_id, sender=sender, secret="a key")


def later(clock: FixedClock, **time: float) -> None:
    clock.set(clock.now() + timedelta(**time))


def test_a_message_waits_sealed_and_is_forgotten_when_it_is_sent(demo: Parts, made: Made):
    ask(demo, made)
    with demo.database.reading() as session:
        lying = str(session.execute(text("SELECT * FROM outgoing_message")).all())
    assert "+1" not in lying, "a seal has no plus sign"
    assert "7f3k" not in lying
    told = Told()
    assert deliver_messages(demo, Ways(texter=told)).sent == 1
    assert told.sent == [TextMessage("+12155550142", f"Your list: {LINK}")]
    assert read_waiting(demo) == (0, 0.0)
    assert deliver_messages(demo, Ways(texter=told)).sent == 0


def test_a_mail_says_your_list_and_the_link_and_nothing_else(demo: Parts, made: Made):
    ask(demo, made, Way.MAIL, ADDRESS)
    told = Told()
    deliver_messages(demo, Ways(mailer=told))
    assert told.sent == [Mail(ADDRESS, "Your list", f"Your list: {LINK}")]


def test_what_fails_is_tried_again_ever_later_and_then_given_up(demo: Parts, made: Made, clock: FixedClock):
    ask(demo, made)
    ways = Ways(texter=Told(failures=100))
    for attempt in range(1, MOST_ATTEMPTS):
        assert deliver_messages(demo, ways).put_off == 1
        later(clock, minutes=2 ** (attempt - 1), seconds=-1)
        assert deliver_messages(demo, ways).put_off == 0
        later(clock, seconds=1)
    assert deliver_messages(demo, ways).given_up == 1
    assert read_waiting(demo)[0] == 0


def test_a_recipient_that_is_refused_for_good_is_forgotten_at_once(demo: Parts, made: Made):
    ask(demo, made)
    assert deliver_messages(demo, Ways(texter=Told(failures=1, is_final=True))).given_up == 1
    assert read_waiting(demo)[0] == 0


def test_a_message_dies_with_its_list(demo: Parts, made: Made):
    ask(demo, made)
    end_sharing(demo, made.end_token, sender="maker")
    assert read_waiting(demo)[0] == 0


def test_another_worker_does_not_send_what_one_has_in_hand(demo: Parts, made: Made):
    ask(demo, made)

    class Meanwhile(Told):
        def send(self, message: object) -> None:
            super().send(message)
            assert deliver_messages(demo, Ways(texter=self)).sent == 0

    told = Meanwhile()
    deliver_messages(demo, Ways(texter=told))
    assert len(told.sent) == 1


def test_senders_recipients_and_all_together_have_limits(demo: Parts, made: Made):
    for number in range(BY_SENDER.most):
        ask(demo, made, Way.MAIL, f"a{number}@example.org")
    with pytest.raises(TooMany):
        ask(demo, made, Way.MAIL, "last@example.org")
    for number in range(TO_RECIPIENT.most):
        ask(demo, made, sender=f"sender {number}")
    with pytest.raises(TooMany):
        ask(demo, made, sender="yet another")


def test_limits_keep_neither_numbers_nor_addresses(demo: Parts, made: Made):
    ask(demo, made)
    ask(demo, made, Way.MAIL, ADDRESS)
    with demo.database.reading() as session:
        counted = str(session.execute(text("SELECT * FROM rate_count")).all())
    assert "555" not in counted
    assert "marguerite" not in counted


@pytest.mark.parametrize(
    ("way", "recipient"),
    [
        (Way.TEXT, "12"),
        (Way.TEXT, "call me"),
        (Way.MAIL, "nobody"),
        (Way.MAIL, "a@b.example, c@d.example"),
        (Way.MAIL, "a@b.example\nBcc: x@y.z"),
    ],
)
def test_what_can_be_no_number_or_address_is_refused(demo: Parts, made: Made, way: Way, recipient: str):
    with pytest.raises(InvalidInput):
        ask(demo, made, way, recipient)


def test_without_settings_nothing_is_sent_but_in_a_demo_into_a_folder(demo: Parts, made: Made):
    assert ways_of(demo.settings, is_demo=False).open == ()
    ask(demo, made)
    ask(demo, made, Way.MAIL, ADDRESS)
    assert deliver_messages(demo).sent == 2
    written = {path.read_text() for path in (demo.settings.data_dir / "outbox").iterdir()}
    assert written == {
        f"To: +12155550142\n\nYour list: {LINK}\n",
        f"To: {ADDRESS}\nSubject: Your list\n\nYour list: {LINK}\n",
    }
    save_community(demo, "tests", WEST_PHILADELPHIA)
    with pytest.raises(Unavailable):
        ask(demo, made)


def test_settings_open_ways_only_with_an_address_for_links():
    mail = {"mail_server": "smtp://mail.example", "mail_from": "directory@example.org"}
    assert ways_of(Settings(**mail), is_demo=False).open == ()
    assert ways_of(Settings(**mail, public_address="https://d.example"), is_demo=False).open == (Way.MAIL,)
    both = Settings(**mail, public_address="https://d.example", text_mail_domain="txt.example")
    assert ways_of(both, is_demo=False).open == (Way.TEXT, Way.MAIL)
    hook = Settings(text_webhook_url="https://text.example/send", public_address="https://d.example")
    assert ways_of(hook, is_demo=True).open == (Way.TEXT,)


def test_a_wrong_setting_is_named_and_a_secret_is_not_told():
    with pytest.raises(SettingsError) as wrong:
        read_settings(text_webhook_url="ftp://user:secret@text.example")
    assert "TEXT_WEBHOOK_URL" in str(wrong.value)
    assert "secret" not in str(wrong.value)


def test_the_worker_logs_numbers_and_nothing_of_a_message(demo: Parts, made: Made):
    ask(demo, made)
    ask(demo, made, Way.MAIL, ADDRESS)
    with structlog.testing.capture_logs() as lines:
        Messages(demo).step()
    assert [(line["event"], line["sent"]) for line in lines] == [("messages_sent", 2)]
    for secret in ("555", "marguerite", "7f3k", "Your list"):
        assert secret not in str(lines)


def test_a_text_goes_through_a_companys_mail_by_its_digits():
    told = Told()
    MailTextSender(told, "txt.example").send(TextMessage("+12155550142", "Your list"))  # type: ignore[arg-type]
    assert told.sent == [Mail("12155550142@txt.example", "", "Your list")]


class _Hook(BaseHTTPRequestHandler):
    got: ClassVar[list[tuple[str, object]]] = []
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.got.append((self.headers.get("Authorization", ""), body))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_given: object) -> None:
        """Stay silent."""


@pytest.fixture
def hook() -> Iterator[str]:
    _Hook.got, _Hook.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_told_number_and_text_with_its_token(hook: str):
    WebhookSender(hook, "t0ken").send(TextMessage("+12155550142", "Your list"))
    assert _Hook.got == [("Bearer t0ken", {"to": "+12155550142", "text": "Your list"})]


@pytest.mark.parametrize(("status", "is_final"), [(400, True), (302, False), (500, False), (429, False)])
def test_what_a_webhook_answers_decides_whether_to_try_again(hook: str, status: int, is_final: bool):
    _Hook.status = status
    with pytest.raises(NotSent) as failed:
        WebhookSender(hook).send(TextMessage("+12155550142", "Your list"))
    assert failed.value.is_final is is_final
    assert "555" not in str(failed.value)
    assert len(_Hook.got) == 1, "it is never sent on elsewhere"


class _Smtp(socketserver.StreamRequestHandler):
    said: ClassVar[list[str]] = []
    refuses: ClassVar[str] = ""

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        in_data = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            self.said.append(line)
            if in_data:
                if line == ".":
                    in_data = False
                    self.wfile.write(b"250 taken\r\n")
                continue
            if line.upper() == "DATA":
                in_data = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith("RCPT") and self.refuses:
                self.wfile.write(f"{self.refuses} no\r\n".encode())
            elif line.upper() == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")


@pytest.fixture
def mail_server() -> Iterator[str]:
    _Smtp.said, _Smtp.refuses = [], ""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"smtp://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_mail_goes_over_smtp(mail_server: str):
    SmtpMailer(mail_server, "directory@example.org").send(Mail(ADDRESS, "Votre liste", "Votre liste : https://d.example/l/x"))
    said = "\n".join(_Smtp.said)
    assert f"RCPT TO:<{ADDRESS}>" in said or f"rcpt TO:<{ADDRESS}>" in said
    assert "Subject: Votre liste" in said
    assert "From: directory@example.org" in said


def test_a_mail_that_comes_again_has_its_way_out_in_the_head_on_one_line(mail_server: str):
    stop = "https://directory.example/mails/stop/" + "gAAAAABq" * 25
    SmtpMailer(mail_server, "directory@example.org").send(Mail(ADDRESS, "s", f"Read this.\n\n{stop}\n", stop))
    head = _Smtp.said[: _Smtp.said.index("")]
    assert f"List-Unsubscribe: <{stop}>" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    SmtpMailer(mail_server, "directory@example.org").send(Mail(ADDRESS, "s", "Once."))
    assert sum(line.startswith("List-Unsubscribe:") for line in _Smtp.said) == 1


@pytest.mark.parametrize(("code", "is_final"), [("550", True), ("451", False)])
def test_a_refused_recipient_is_final_or_not_as_the_server_says(mail_server: str, code: str, is_final: bool):
    _Smtp.refuses = code
    with pytest.raises(NotSent) as failed:
        SmtpMailer(mail_server, "directory@example.org").send(Mail(ADDRESS, "s", "b"))
    assert failed.value.is_final is is_final
    assert ADDRESS not in str(failed.value)


def test_a_mail_server_that_is_away_is_tried_again():
    with pytest.raises(NotSent) as failed:
        SmtpMailer("smtp://127.0.0.1:1", "directory@example.org").send(Mail(ADDRESS, "s", "b"))
    assert not failed.value.is_final
