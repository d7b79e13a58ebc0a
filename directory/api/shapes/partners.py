"""Partners that are suggested, with every number that stands on their card, and why another one is not."""

from directory.api.shapes.addresses import organization_page, service_object, service_page
from directory.api.shapes.facts import Json, day
from directory.services.suggesting.decisions import plain_signals
from directory.services.suggesting.gates import Gate, sentence_of
from directory.services.suggesting.sentences import Speaker
from directory.services.suggesting.signals import Candidate
from directory.services.suggesting.suggested import Missing, Reason, Suggested, Suggestion, cautions_of, reasons_of, would_change
from directory.services.suggesting.why_not import WhyNot


def suggested(value: Suggested, speaker: Speaker, why_not: WhyNot | None = None) -> Json:
    """`rule_version` names the set of rules and its version; `as_of` the last day that figures of referrals count."""
    asking = value.asking
    left_out = {gate.value: count for gate, count in value.left_out.items() if not (asking.is_public and gate is Gate.NO_CONFLICT)}
    return {
        "about": {"kind": asking.about_kind, "id": asking.about_id},
        "rule_version": value.held.label,
        "as_of": day(value.as_of),
        "considered": value.considered,
        "left_out": left_out,
        "partners": [_partner(each, value, speaker) for each in value.shown],
        "why_not": _why_not(why_not, value, speaker) if why_not is not None else None,
    }


def _partner(each: Suggestion, value: Suggested, speaker: Speaker) -> Json:
    cautions = cautions_of(value.asking, each.candidate, value.held, each.scored, speaker)
    return {
        "place": each.place,
        "score": each.scored.points,
        "families": dict(each.scored.by_family),
        "rule_version": value.held.label,
        **_program(each.candidate),
        "keeps_place": each.rank.keeps_place,
        "reasons": [_reason(one) for one in reasons_of(value.asking, each.candidate, each.scored, speaker)],
        "caution": cautions[0].sentence,
        "cautions": [_reason(one) for one in cautions],
        "would_change": [_missing(one) for one in would_change(each.candidate, each.scored, speaker)],
        "signals": plain_signals(each.candidate.signals),
    }


def _program(candidate: Candidate) -> Json:
    organization = candidate.listing.organization
    return {
        "service_id": candidate.id,
        "service": candidate.listing.name,
        "organization_id": organization.id if organization is not None else None,
        "organization": organization.name if organization is not None else None,
        "url": service_page(candidate.id),
        "href": service_object(candidate.id),
    }


def _reason(value: Reason) -> Json:
    return {
        "rule": value.rule,
        "points": value.points,
        "sentence": value.sentence,
        "cases": value.cases,
        "as_of": day(value.as_of),
    }


def _missing(value: Missing) -> Json:
    return {"rule": value.rule, "points": value.points, "here": value.here, "is_unknown": value.is_unknown}


def _why_not(value: WhyNot, found: Suggested, speaker: Speaker) -> Json:
    candidate, scored = value.candidate, value.scored
    told: Json = {
        "organization_id": value.organization_id,
        "organization": value.name,
        "url": organization_page(value.organization_id),
        "is_suggested": bool(value.place),
        "place": value.place or None,
        "not_looked_at": speaker.translate(value.not_looked_at) if value.not_looked_at else None,
        "gates": [{"gate": gate.value, "sentence": speaker.translate(sentence_of(gate, value.asking))} for gate in value.shut],
        "program": None,
        "score": None,
        "behind": None,
        "reasons": [],
        "cautions": [],
        "lacks": [],
    }
    if candidate is None or scored is None:
        return told
    if value.asking.is_public and Gate.NO_CONFLICT in value.shut:
        told["gates"] = [{"gate": "not_suggested_together", "sentence": told["gates"][-1]["sentence"]}]
    return {
        **told,
        "program": _program(candidate),
        "score": scored.points,
        "behind": value.behind,
        "reasons": [_reason(one) for one in reasons_of(value.asking, candidate, scored, speaker)] if not value.shut else [],
        "cautions": [_reason(one) for one in cautions_of(value.asking, candidate, found.held, scored, speaker)],
        "lacks": [_missing(one) for one in value.lacks(speaker)],
    }
