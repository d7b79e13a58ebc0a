"""Who may reach what, written down when a blueprint is registered, never view by view: a policy, or the action that it serves.

Pages and JSON are registered in different layers that do not know each other; both write the policy of each blueprint into one register of
the application, where the test that walks every address reads it. What has no policy there is a fault, not an open door.
"""

from collections.abc import MutableMapping
from enum import StrEnum
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any

from directory.domain.access import Action

_REGISTER = "access_policies"


class Policy(StrEnum):
    """Who may reach what a blueprint serves and needs no account for. What needs one has an `Action` in this place."""

    PUBLIC = "public"  # anyone, without an account
    MACHINE = "machine"  # programs that watch it: of the same machine, or with the token of METRICS_TOKEN
    LINK = "link"  # whoever was given a link that nobody can guess; its address is written in no log


def lets_machine_in(token: str, *, address: str, was_forwarded: bool, authorization: str) -> bool:
    """Whether a program that watches may be answered. With a token, who has it; without one, only who asks from this very machine and not
    through a proxy, since a proxy on it makes everybody look so."""
    if token:
        return compare_digest(authorization.encode(), f"Bearer {token}".encode())
    try:
        return ip_address(address).is_loopback and not was_forwarded
    except ValueError:
        return False


def write_policy(extensions: MutableMapping[str, Any], blueprint: str, policy: Policy | Action) -> None:
    """Put the policy of a blueprint into the register of an application."""
    extensions.setdefault(_REGISTER, {})[blueprint] = policy


def policy_of(extensions: MutableMapping[str, Any], endpoint: str) -> Policy | Action | None:
    """The policy of an endpoint ("search.search"); None when nobody named one."""
    found: Policy | Action | None = extensions.get(_REGISTER, {}).get(endpoint.partition(".")[0])
    return found
