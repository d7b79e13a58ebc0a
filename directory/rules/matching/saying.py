"""Reasons in words: "same telephone, shared by 6: +0.3". Pages say them in the reader's language by the same field and level."""

from collections.abc import Mapping

from directory.rules.matching.pairs import Pair, Reason

SENTENCES: Mapping[tuple[str, str], str] = {
    ("start", "share_a_key"): "two records that have something in common",
    ("name", "unlike"): "names unlike",
    ("name", "few_words"): "names share little",
    ("name", "half"): "names share half",
    ("name", "within"): "one name holds the other",
    ("name", "nearly"): "names nearly the same",
    ("name", "same"): "same name",
    ("owner", "unlike"): "organizations unlike",
    ("owner", "few_words"): "names of the organizations share little",
    ("owner", "half"): "names of the organizations share half",
    ("owner", "within"): "name of one organization holds the other",
    ("owner", "nearly"): "organizations nearly of one name",
    ("owner", "same"): "same organization's name",
    ("address", "elsewhere"): "other street",
    ("address", "other_number"): "same street, other house",
    ("address", "next_door"): "same street, house next door or a slip in its number",
    ("address", "other_unit"): "same house, other unit",
    ("address", "nearly"): "address nearly the same",
    ("address", "same"): "same address",
    ("area", "other_town"): "other town",
    ("area", "other_postal_code"): "other postal code",
    ("area", "same_town"): "same town",
    ("area", "same_postal_code"): "same postal code",
    ("point", "far"): "more than a kilometre apart",
    ("point", "near"): "within a kilometre",
    ("point", "around_the_corner"): "within 200 metres",
    ("point", "here"): "within 60 metres",
    ("phone", "other"): "other telephone",
    ("phone", "same_without_area_code"): "same telephone, as far as one says it",
    ("phone", "same"): "same telephone",
    ("link", "other"): "other web or mail host",
    ("link", "same"): "same web or mail host",
    ("hours", "other"): "other hours",
    ("hours", "same"): "same hours",
    ("audience", "other"): "for other people",
    ("audience", "same"): "for the same people",
    ("category", "other"): "other category",
    ("category", "same"): "same category",
    ("gate", "other_address"): "held down: two addresses are no one place",
    ("gate", "other_town"): "held down: two towns",
    ("gate", "place_alone"): "held down: nothing but the place in common",
    ("gate", "other_unit"): "held down: two units of one house",
    ("gate", "next_door"): "held down: the house numbers differ",
    ("gate", "no_address"): "held down: one has no address",
    ("gate", "other_name"): "held down: the names differ",
    ("gate", "neighbours"): "held down: names a little apart, and neither place nor contact in common",
    ("gate", "name_in_part"): "held down: the names agree in part alone",
    ("gate", "name_alone"): "held down: nothing but the name in common",
    ("gate", "other_people"): "held down: for other people",
    ("gate", "other_hours"): "held down: other hours",
    ("gate", "other_owner"): "held down: two organizations",
    ("gate", "other_category"): "held down: two categories",
}
"""(field, level) of a reason -> what it says, in English."""

SMALLEST_SAID = 0.05
"""A reason smaller than this is left out where reasons are written in one line."""


def reason_text(reason: Reason) -> str:
    shared = f", shared by {reason.shared}" if reason.shared > 1 else ""
    return f"{SENTENCES[reason.field, reason.level]}{shared}: {reason.size:+.1f}"


def reasons_text(pair: Pair) -> str:
    """All reasons of a pair in one line, the weightiest first, with what it begins with at the end."""
    order = sorted(pair.reasons, key=lambda reason: (reason.field == "start", -abs(reason.size)))
    return "; ".join(reason_text(reason) for reason in order if abs(reason.size) >= SMALLEST_SAID or reason.field == "gate")
