"""Nothing can be reached without a decision on who may reach it."""

from flask import Flask

from directory.services.policy import Policy, policy_of


def test_every_address_has_a_policy(app: Flask) -> None:
    without = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) not in list(Policy)]
    assert without == []


def test_nothing_but_reading_is_open_to_all(app: Flask) -> None:
    """A page that takes a form may be asked by POST for a private search, and changes nothing; whatever else may change is not public."""
    changing = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if policy_of(app.extensions, rule.endpoint) == Policy.PUBLIC and (rule.methods or set()) - {"GET", "HEAD", "OPTIONS", "POST"}
    }
    assert changing == set()


def test_pages_and_interface_are_served_by_one_application(app: Flask) -> None:
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/", "/api/v1/search", "/health"} <= addresses
