"""What the command line says of the ways in, and whom a demo lets in."""

from dataclasses import replace
from pathlib import Path

import pytest

from directory.cli.checks.ways_in import check_ways_in
from directory.cli.serve import demo_people, greet
from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.gateways.oidc.by_authlib import AuthlibIssuer
from directory.services.accounts.asking import Asking
from directory.services.accounts.leave import end_person
from directory.services.accounts.password_sign_in import open_by_password
from directory.services.accounts.people import list_people
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import Source
from seeds.demo import demo_community
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add, add_organization, add_service

pytestmark = ONE_IS_ENOUGH


@pytest.fixture
def organization_id(parts: Parts) -> str:
    """A demo with one made-up organization."""
    save_community(parts, "tests", demo_community())
    with parts.database.writing() as session:
        source = add(session, Source(name="made up", is_sample=True, created_at=parts.clock.now()))
        organization = add_organization(session, name="Society of the Good Neighbour")
        add_service(session, name="Pantry", organization=organization, source_id=source.id, external_id="1")
        session.commit()
        return organization.id


def test_a_demo_has_somebody_for_each_role_who_comes_in_by_the_password_that_is_printed(
    parts: Parts, organization_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_ins = demo_people(parts)
    assert [one.role for one in sign_ins] == list(Role)
    for one in sign_ins:
        opened = open_by_password(parts, one.email, one.password, "", Asking(one.role), "/account")
        (grant,) = opened.actor.grants
        assert (grant.role, grant.organization_id) == (one.role, organization_id if one.role in OF_AN_ORGANIZATION else "")
    greet(parts.settings, 1.0, sign_ins)
    printed = capsys.readouterr().err
    assert all(one.email in printed and one.role in printed for one in sign_ins)
    assert sign_ins[0].password in printed


def test_they_are_made_once_and_whoever_was_sent_away_stays_away(parts: Parts, organization_id: str) -> None:
    first = demo_people(parts)
    end_person(parts, first[0].email)
    assert demo_people(parts) == first
    assert [account.email for account in list_people(parts)] == sorted(one.email for one in first[1:])
    kept = parts.settings.data_dir / "demo-password"
    assert kept.stat().st_mode & 0o077 == 0


def test_nobody_is_made_where_there_is_no_demo(parts: Parts, organization_id: str) -> None:
    save_community(parts, "tests", replace(demo_community(), is_demo=False))
    assert demo_people(parts) == ()
    assert list_people(parts) == ()


def test_doctor_says_which_ways_in_are_open(parts: Parts, tmp_path: Path) -> None:
    assert check_ways_in(parts).found == "passkeys at the host that is asked for, passwords with a code"
    assert "by command" in check_ways_in(parts).warning
    told = {
        "public_address": "https://help.example.org",
        "mail_server": "smtp://mail.example.org",
        "mail_from": "help@example.org",
        "oidc_issuer": "https://login.example.org",
    }
    open_to_all = replace(parts, settings=parts.settings.model_copy(update=told))
    assert "not installed" in check_ways_in(open_to_all).wrong
    issuer = AuthlibIssuer("https://login.example.org", "directory", "", "", now=lambda: 0.0)
    open_to_all = replace(open_to_all, issuer=issuer)
    check = check_ways_in(open_to_all)
    assert check.found == "links by mail, passkeys at help.example.org, passwords with a code, accounts of login.example.org"
    assert "SECURE_COOKIES" in check.remedy
    save_community(parts, "tests", demo_community())
    assert "passwords alone, since this is a demo" in check_ways_in(parts).found
    assert not check_ways_in(parts).warning
