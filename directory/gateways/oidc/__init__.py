"""Another organization that says who somebody is (OpenID Connect): what is asked of whoever talks to it."""

from dataclasses import dataclass
from typing import Protocol


class NotIdentified(Exception):
    """The organization, or what came back in its name, does not say who somebody is. The message names nobody."""


class IssuerAway(Exception):
    """The organization's server does not answer as it should."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is kept between asking and the answer: none of it can be guessed. `back`: the address of ours that it answers to."""

    state: str
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by what the organization says; `is_verified`: it knows that the address is theirs."""

    email: str
    is_verified: bool


class Issuer(Protocol):
    """Asks, by the authorization code flow with a proof key. `name` is what people know it by."""

    @property
    def name(self) -> str: ...

    def address_of_question(self, asked: Asked) -> str:
        """The address of its page that asks who somebody is. Raise `IssuerAway`."""

    def identity(self, asked: Asked, answer: dict[str, str]) -> Identity:
        """Who it says that somebody is; `answer` is the query with which they came back. Raise `NotIdentified`, `IssuerAway`."""
