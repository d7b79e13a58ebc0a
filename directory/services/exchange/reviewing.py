"""How an import is looked at before it changes anything: what it would do is handed to a `Reviewing`, and what was accepted comes back."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from directory.domain.editing.differences import FieldChange
from directory.services.exchange.apply.difference import Offer
from directory.services.exchange.apply.planned import Planned

if TYPE_CHECKING:
    from directory.services.exchange.apply.beside_people import Outcome


class Reviewing(Protocol):
    """Asked on the way through an import. While everything is only written down, nothing is refused; while it is applied, nothing is
    written down."""

    def takes(self, planned: Planned) -> bool:
        """Whether the record may be written."""

    def chosen(self, planned: Planned) -> Mapping[str, str]:
        """Field -> "ours" or "theirs", where people's word and the source's differ."""

    def new(self, planned: Planned, changes: Sequence[FieldChange]) -> None:
        """A record that the directory does not hold."""

    def changed(self, planned: Planned, root: Mapping[str, Any], outcome: "Outcome", offers: Sequence[Offer]) -> None:
        """A record that the directory holds, with what differs and what stands against people's word."""

    def missing(self, kind: str, ids: Sequence[str]) -> None:
        """Records that the source no longer has."""

    def retires(self, kind: str, ids: Sequence[str]) -> list[str]:
        """Of records that the source no longer has, those that may be taken out."""
