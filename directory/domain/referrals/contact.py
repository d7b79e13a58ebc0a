"""How a person can be reached safely: by which way, what may be left behind, in which language. Messages name neither service nor need."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person."""

    NONE = "none"  # do not try to reach me
    CALL = "call"
    TEXT = "text"
    MAIL = "mail"
    THROUGH_WORKER = "through_worker"


@dataclass(frozen=True, slots=True)
class Reachable:
    """`may_leave_message`: False where whoever answers, or reads along, must learn nothing."""

    channel: Channel = Channel.NONE
    address: str = ""
    may_leave_message: bool = False
    language: str = ""

    @property
    def may_be_written_to(self) -> bool:
        """A text or a mail is itself a message that is left."""
        return self.channel in (Channel.TEXT, Channel.MAIL) and bool(self.address) and self.may_leave_message
