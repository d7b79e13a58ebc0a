"""Real cases beside a rule that is being written: what there was, without anybody's name."""

from directory.rules.sets.kinds import SetKind
from directory.services.parts import Parts
from directory.services.rules.cases import MOST, recent_cases
from directory.store.base import new_id
from directory.store.tables import OverlapPair, RouteCase, RuleDecision, Service
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add


def test_todays_listings_are_cases_of_quality(parts: Parts):
    with parts.database.writing() as session:
        add(session, Service(id=new_id(), name="Pantry", description="Food"))
        session.commit()
    (case,) = recent_cases(parts, SetKind.QUALITY)
    assert (case.name, case.signals["listing.was_verified"]) == ("Pantry", False)


@ONE_IS_ENOUGH
def test_what_was_decided_last_is_a_case_and_signals_that_are_gone_are_left_out(parts: Parts):
    pantry, now = new_id(), parts.clock.now()
    seen = {
        "candidates": {pantry: {"access.metres": 900, "candidate.categories": ["food"], "no.longer": 1}, new_id(): {"access.metres": 4}}
    }
    with parts.database.writing() as session:
        add(session, Service(id=pantry, name="Pantry"))
        session.add(
            RuleDecision(
                set_name="suggest-partners", version=0, kind="suggest", about_kind="need", about_id=new_id(), at=now, seen=seen, outcome={}
            )
        )
        session.add(
            RouteCase(set_name="route-referrals", version=0, digest="d", seen={"referral.state": "sent"}, outcome={}, first_at=now)
        )  # fmt: skip
        session.commit()
    cases = recent_cases(parts, SetKind.SUGGEST)
    assert [(case.name, dict(case.signals)) for case in cases] == [
        ("Pantry", {"access.metres": 900.0, "candidate.categories": frozenset({"food"})}),
        ("", {"access.metres": 4.0}),
    ]
    assert [dict(case.signals) for case in recent_cases(parts, SetKind.ROUTE)] == [{"referral.state": "sent"}]
    assert recent_cases(parts, SetKind.FLAG) == ()
    assert MOST <= 300, "they are looked at while somebody types"


@ONE_IS_ENOUGH
def test_pairs_that_are_kept_are_cases_of_how_pairs_are_read(parts: Parts):
    ids, now = sorted((new_id(), new_id())), parts.clock.now()
    with parts.database.writing() as session:
        for each, name in zip(ids, ("Pantry", "Kitchen"), strict=True):
            add(session, Service(id=each, name=name))
        session.add(
            OverlapPair(
                service_a_id=ids[0], service_b_id=ids[1], category="food", low=0.4, high=0.8, parts={}, reading="partner", severity="low",
                signals={"pair.service_overlap": 0.7, "a.sector": "food"}, rule="partners", asks=[], rule_version="flag-pairs 0",
                fingerprint="x", made_at=now, changed_at=now,
            )
        )  # fmt: skip
        session.commit()
    (case,) = recent_cases(parts, SetKind.FLAG)
    assert (case.name, dict(case.signals)) == ("Pantry / Kitchen", {"pair.service_overlap": 0.7, "a.sector": "food"})
