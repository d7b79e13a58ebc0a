"""Links that start something on the person's own device: a call, a text message, an e-mail, a way to a place.

Directions open the maps program of the device. The server picks the kind of link from what the browser says it runs on, so it works
without script: `geo:` on Android, `maps:` on Apple's, a page of OpenStreetMap elsewhere, which learns nothing unless it is followed.
"""

from urllib.parse import quote, urlencode

from directory.domain.listing import ListedPlace, Listing, PhoneNumber
from directory.domain.place import PointKind

_EXACT = frozenset({PointKind.ADDRESS, PointKind.STREET})


def call_link(phone: PhoneNumber) -> str:
    """What a tap dials, with the extension after a pause; "" when the number could not be read."""
    if not phone.dial:
        return ""
    return f"tel:{phone.dial}" + (f",{phone.extension}" if phone.extension else "")


def is_voice(phone: PhoneNumber) -> bool:
    """Whether people answer this number: not a fax, pager or text telephone."""
    return phone.type.lower() not in ("fax", "pager", "tty", "textphone", "text")


def phone_to_call(listing: Listing, place: ListedPlace | None) -> PhoneNumber | None:
    """The number to try first: the place's, else the service's, else the organization's. Numbers that can be dialled come first."""
    organization = listing.organization.phones if listing.organization else ()
    numbers = [*(place.phones if place else ()), *listing.phones, *organization]
    voices = [phone for phone in numbers if is_voice(phone)]
    return next((phone for phone in voices if phone.dial), voices[0] if voices else None)


def directions_link(place: ListedPlace, user_agent: str) -> str:
    """A way to the place, or "" when there is nothing to go to (confidential, virtual, or the address is not known)."""
    if place.confidential or place.virtual:
        return ""
    words = place.address.one_line if place.address and place.address.address_1 else ""
    point = place.point if place.point and place.point.kind in _EXACT else None
    if not words and point is None:
        return ""
    spot = f"{point.latitude:.6f},{point.longitude:.6f}" if point else ""
    if "Android" in user_agent:
        return f"geo:{spot or '0,0'}?q={quote(words or spot)}"
    if any(maker in user_agent for maker in ("iPhone", "iPad", "Macintosh")):
        return f"maps:?daddr={quote(words or spot)}"
    if point:
        return f"https://www.openstreetmap.org/directions?{urlencode({'to': spot})}"
    return f"https://www.openstreetmap.org/search?{urlencode({'query': words})}"
