"""Links that are none, counted against the network that tries them. A link that is good opens whatever others of that network tried."""

from directory.domain.errors import TooMany
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.parts import Parts

GUESSES = Limit("sign-in link guessed", 20, 60)


def count_guess(parts: Parts, sender: str) -> None:
    """Count a link that was none. Raise `TooMany` where there were very many."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        if used_up(session, GUESSES, sender, now):
            raise TooMany(say("Too many links that are none were opened from here. Wait a minute."))
        count_once(session, GUESSES, sender, now)
        session.commit()
