"""Nothing can be reached without a decision on who may reach it."""

from flask import Flask

from directory.app import access_rows
from directory.domain.access import Action
from directory.services.access import RESOURCES
from directory.services.access_table import as_markdown
from directory.services.policy import Policy, policy_of
from tests.support.tree import ROOT

OWN = frozenset({"attempt_id", "follow_up_id", "partnership_id", "task_id", "request_id"})
"""Parts of addresses that name something of the very person or organization that asks, and of nobody else."""

OF_THE_COMMUNITY = frozenset({"set_name", "version", "rule_id", "form"})
"""Parts that name something of the whole community: who plans for any part of it reads, and who plans for all of it changes."""

IN_REACH = frozenset({"pair_id", "conversation_id", "action_id", "outcome_id"})
"""Parts that name something of several organizations, which planners read where one of them, or the area that it is about, lies in theirs,
and organizations where they are part of it: the use case looks."""


def test_every_address_has_a_policy(app: Flask) -> None:
    without = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) not in (*Policy, *Action)]
    assert without == []


def test_the_table_in_the_documentation_is_the_one_that_the_program_makes(app: Flask) -> None:
    """Print it anew with: ./run access table"""
    written = [line for line in (ROOT / "docs" / "access.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert written == list(as_markdown(access_rows(app)))


def test_whatever_an_address_for_an_action_names_is_held_to_its_resource(app: Flask) -> None:
    """A part of an address that is no id of a resource must be named in `OWN`, and the use case then looks itself whose it is."""
    for rule in app.url_map.iter_rules():
        if isinstance(policy_of(app.extensions, rule.endpoint), Action):
            assert rule.arguments <= RESOURCES.keys() | OWN | OF_THE_COMMUNITY | IN_REACH | {"question_id"}, (
                rule.rule
            )  # of who asks, or was asked


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
