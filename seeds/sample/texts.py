"""Texts of services and organizations in English and French, put together from the words so that each says something of its own."""

from seeds.sample.draw import Draw
from seeds.sample.words import Audience, Besides, Offer, Pair, besides, common

LONGEST = 400
"""Descriptions end at a sentence before this many characters."""


def both(pairs: list[Pair]) -> Pair:
    return " ".join(pair[0] for pair in pairs), " ".join(pair[1] for pair in pairs)


def description(draw: Draw, offer: Offer, part: Pair) -> Pair:
    """What it is, something worth knowing, and at times a closing word; 40 to 400 characters."""
    sentences = [draw.one(offer.what)]
    if draw.random() < 0.8 or len(sentences[0][0]) < 40:
        sentences.append(draw.one(offer.more))
    if draw.random() < 0.65:
        english, french = draw.one(common().closers)
        sentences.append((english.replace("{place}", part[0]), french.replace("{place}", part[1])))
    while sum(len(french) + 1 for _, french in sentences) > LONGEST:
        sentences.pop()
    return both(sentences)


def application(draw: Draw, ways: tuple[str, ...]) -> Pair:
    """How to get in, in words."""
    known = common().ways
    return both([draw.one(known[way]) for way in ways])


def service_name(draw: Draw, name: Pair, label: Pair, part: Pair, generic: bool) -> Pair:
    """A name: the plain one that others use too (*Food Bank*), or one with the organization's own word or the part of town."""
    if generic:
        return name
    kind = draw.random()
    if kind < 0.45 and label[0] and label[0].lower() not in name[0].lower():
        return f"{label[0]} {name[0]}", f"{name[1]} {label[1]}"
    if kind < 0.75:
        return f"{name[0]} – {part[0]}", f"{name[1]} – {part[1]}"
    return f"{part[0]} {name[0]}" + (f" ({label[0]})" if label[0] else ""), f"{name[1]} {part[1]}" + (f" ({label[1]})" if label[1] else "")


def eligibility(draw: Draw, audience: Audience) -> tuple[Pair, Besides | None]:
    """Whom it is for; now and then with what is asked besides."""
    if draw.random() < 0.15:
        more = draw.one(besides())
        return both([audience.text, more.text]), more
    return audience.text, None
