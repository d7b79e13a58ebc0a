"""The doctor tells of webhooks that were turned off, and the command that it names turns them on again."""

from directory.services.parts import Parts
from directory.services.webhooks.subscribe import subscribe
from directory.store.tables import Webhook
from tests.cli.conftest import Say
from tests.support.neighbourhood import ORGANIZATION

ADDRESS = "https://receiver.example/secret-path"


def _check(say: Say) -> dict[str, str]:
    return next(check for check in say("doctor", "--json").json["checks"] if check["name"] == "webhooks")


def test_a_webhook_that_was_turned_off_is_told_with_how_to_turn_it_on(furnished: Parts, say: Say) -> None:
    made = subscribe(furnished, ORGANIZATION, ADDRESS, (), "anna")
    assert (_check(say)["found"], _check(say)["warning"]) == ("1 known, none turned off", "")
    with furnished.database.writing() as session:
        row = session.get_one(Webhook, made.id)
        row.disabled_at, row.disabled_why = furnished.clock.now(), "answered 410"
        session.commit()
    check = _check(say)
    assert check["ok"] is True
    assert check["warning"] == f"Turned off, since nothing arrived: {made.id} (answered 410, since 2026-11-23 15:00 UTC)."
    assert check["remedy"] == f"directory webhooks on {made.id}, when its receiver answers again"
    assert ADDRESS not in say("doctor").out
    assert say("webhooks", "on", made.id).code == 0
    assert _check(say)["warning"] == ""
