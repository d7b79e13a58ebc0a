"""Why something is suggested, in plain words."""

from directory.rules.reading.found import Found, atoms_of

_SAYS = {
    "age": "an age",
    "child.age": "the age of a child",
    "household_member.age": "the age of somebody in the household",
    "grade": "a school grade",
    "area": "where people live",
    "income": "income",
    "gender": "gender",
    "lgbtq": "being LGBTQ+",
    "household": "who is in the household",
    "household_size": "the size of the household",
    "pregnant": "pregnancy",
    "parent": "being a parent",
    "caregiver": "caring for somebody",
    "foster": "foster care",
    "student": "going to school",
    "employment": "work",
    "disability": "disability",
    "veteran": "military service",
    "indigenous": "Indigenous identity",
    "language": "a language",
    "housing": "housing",
    "insurance": "insurance",
    "justice": "the justice system",
    "substance_use": "alcohol, drugs or gambling",
    "health": "health",
    "violence": "violence",
    "benefits": "benefits",
    "newcomer": "newcomers",
}


def reason_of(found: Found) -> str:
    atoms = atoms_of(found.when)
    named = list(dict.fromkeys(_SAYS[atom["field"]] for atom in atoms))
    joined = " or ".join(named) if "any" in found.when else " and ".join(named)
    sentence = f"These words seem to be about {joined}"
    if any(atom["op"] == "meets" and atom["field"] != "area" for atom in atoms):
        sentence += ", without a figure or a known group: it will be asked"
    if found.soft:
        sentence += "; who comes first, not who may come"
    return sentence + "."
