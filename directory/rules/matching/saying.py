"""Reasons in words: "same telephone, shared by 6: +0.3". Pages say them in the reader's language by the same field and level."""

from collections.abc import Mapping

from directory.domain.sentences import say
from directory.rules.matching.pairs import Pair, Reason

SENTENCES: Mapping[tuple[str, str], str] = {
    ("start", "share_a_key"): say("to begin with: most records that have something in common are two"),
    ("name", "unlike"): say("names unlike"),
    ("name", "few_words"): say("names share little"),
    ("name", "half"): say("names share half"),
    ("name", "within"): say("one name holds the other"),
    ("name", "nearly"): say("names nearly the same"),
    ("name", "same"): say("same name"),
    ("owner", "unlike"): say("organizations unlike"),
    ("owner", "few_words"): say("names of the organizations share little"),
    ("owner", "half"): say("names of the organizations share half"),
    ("owner", "within"): say("name of one organization holds the other"),
    ("owner", "nearly"): say("organizations nearly of one name"),
    ("owner", "same"): say("same organization's name"),
    ("address", "elsewhere"): say("other street"),
    ("address", "other_number"): say("same street, other house"),
    ("address", "next_door"): say("same street, house next door or a slip in its number"),
    ("address", "other_unit"): say("same house, other unit"),
    ("address", "nearly"): say("address nearly the same"),
    ("address", "same"): say("same address"),
    ("area", "other_town"): say("other town"),
    ("area", "other_postal_code"): say("other postal code"),
    ("area", "same_town"): say("same town"),
    ("area", "same_postal_code"): say("same postal code"),
    ("point", "far"): say("more than a kilometre apart"),
    ("point", "near"): say("within a kilometre"),
    ("point", "around_the_corner"): say("within 200 metres"),
    ("point", "here"): say("within 60 metres"),
    ("phone", "other"): say("other telephone"),
    ("phone", "same_without_area_code"): say("same telephone, as far as one says it"),
    ("phone", "same"): say("same telephone"),
    ("link", "other"): say("other web or mail host"),
    ("link", "same"): say("same web or mail host"),
    ("hours", "other"): say("other hours"),
    ("hours", "same"): say("same hours"),
    ("audience", "other"): say("for other people"),
    ("audience", "same"): say("for the same people"),
    ("category", "other"): say("other category"),
    ("category", "same"): say("same category"),
    ("gate", "other_address"): say("held down: two addresses are no one place"),
    ("gate", "other_town"): say("held down: two towns"),
    ("gate", "place_alone"): say("held down: nothing but the place in common"),
    ("gate", "other_unit"): say("held down: two units of one house"),
    ("gate", "next_door"): say("held down: the house numbers differ"),
    ("gate", "no_address"): say("held down: one has no address"),
    ("gate", "other_name"): say("held down: the names differ"),
    ("gate", "neighbours"): say("held down: names a little apart, and neither place nor contact in common"),
    ("gate", "name_in_part"): say("held down: the names agree in part alone"),
    ("gate", "name_alone"): say("held down: nothing but the name in common"),
    ("gate", "other_people"): say("held down: for other people"),
    ("gate", "other_hours"): say("held down: other hours"),
    ("gate", "other_owner"): say("held down: two organizations"),
    ("gate", "other_category"): say("held down: two categories"),
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
