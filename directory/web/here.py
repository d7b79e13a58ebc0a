"""What a page knows of where it is: the working parts, and the community it is made for, read once for each request."""

from zoneinfo import ZoneInfo

from flask import current_app, g, request

from directory.domain.community import Community
from directory.services.limits import sender_key
from directory.services.listings.community import read_community
from directory.services.parts import Parts


def parts() -> Parts:
    """The working parts that the composition root gave this application."""
    found: Parts = current_app.extensions["directory"]
    return found


def community() -> Community:
    """The community that this installation serves."""
    if "community" not in g:
        g.community = read_community(parts())
    found: Community = g.community
    return found


def community_zone() -> ZoneInfo:
    """The zone in which this community reads its clocks."""
    return ZoneInfo(community().zone)


def sender() -> str:
    """Who asks, as a name from which nobody can tell the address (see `directory.services.limits`)."""
    return sender_key(str(current_app.secret_key), request.remote_addr or "")


def link_to(path: str) -> str:
    """A path of this site as a whole address, to be copied, scanned or sent."""
    return (parts().settings.public_address or request.url_root).rstrip("/") + path
