"""The quarter that it is on the community's own calendar."""

from directory.domain.planning.quarter import Quarter, quarter_of, read_quarter
from directory.services.partners.scope import today_in
from directory.services.parts import Parts


def this_quarter(parts: Parts) -> Quarter:
    """The one that is going on."""
    with parts.database.reading(may_lag=True) as session:
        return quarter_of(today_in(session, parts.clock.now()))


def wanted_quarter(parts: Parts, written: str) -> Quarter:
    """As it is written; "" for the one that is going on. Raise `InvalidInput`."""
    return read_quarter(written) if written else this_quarter(parts)
