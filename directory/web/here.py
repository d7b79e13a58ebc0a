"""What a page knows of where it is: the working parts, and the community it is made for, read once for each request."""

from zoneinfo import ZoneInfo

from flask import current_app, g

from directory.domain.community import Community
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
