"""Partners of a listing, for the documentation."""

from marshmallow import Schema

from directory.api.schemas.answering import many, one


class PartnersAbout(Schema):
    kind = one("text", "service.")
    id = one("id")


class PartnerReason(Schema):
    rule = one("text", "The id of the rule, or gate:… and unknown:… where none fired.")
    points = one("count")
    sentence = one("text")
    cases = one("count", "Of how many cases a figure is.", null=True)
    as_of = one("day", "The last day that was counted.", null=True)


class PartnerMissing(Schema):
    rule = one("text")
    points = one("count", "What it would give at most.")
    here = one("text", "The signals that it looks at, with their values.")
    is_unknown = one("flag")


class PartnerProgram(Schema):
    service_id = one("id")
    service = one("text")
    organization_id = one("id", null=True)
    organization = one("text", null=True)
    url = one("text")
    href = one("text")


class Partner(PartnerProgram):
    place = one("count")
    score = one("count", "From 0 to 100.")
    families = one("object", "Points by family, each up to its cap.")
    rule_version = one("text")
    keeps_place = one("flag", "It has the place that is kept for programs that are seldom asked.")
    reasons = many(PartnerReason)
    caution = one("text")
    cautions = many(PartnerReason)
    would_change = many(PartnerMissing)
    signals = one("object", "The values that rules saw, by signal (GET /api/v1/rules).")


class PartnerGate(Schema):
    gate = one("text")
    sentence = one("text")


class PartnerWhyNot(Schema):
    organization_id = one("id")
    organization = one("text")
    url = one("text")
    is_suggested = one("flag")
    place = one("count", null=True)
    not_looked_at = one("text", "Why it did not come into question at all.", null=True)
    gates = many(PartnerGate)
    program = one(PartnerProgram, null=True)
    score = one("count", null=True)
    behind = one("count", "Points that it lacks to the last that is suggested.", null=True)
    reasons = many(PartnerReason)
    cautions = many(PartnerReason)
    lacks = many(PartnerMissing)


class Partners(Schema):
    """At most five, the best first."""

    about = one(PartnersAbout)
    rule_version = one("text")
    as_of = one("day")
    considered = one("count")
    left_out = one("object", "Gate -> how many it kept out.")
    partners = many(Partner)
    why_not = one(PartnerWhyNot, null=True)
