"""Why something is suggested: one sentence that a page can say in the reader's language."""

from collections.abc import Mapping

from directory.domain.sentences import Sentence, say
from directory.rules.reading.found import Found, atoms_of

_ABOUT: Mapping[str, Sentence] = {
    "age": say("This gives an age."),
    "child.age": say("This gives the age of a child."),
    "household_member.age": say("This gives the age of somebody in the household."),
    "grade": say("This gives school grades."),
    "area": say("This says where people live."),
    "income": say("This limits income."),
    "gender": say("This says which gender it is for."),
    "lgbtq": say("This is for LGBTQ+ people."),
    "household": say("This says who is in the household."),
    "pregnant": say("This is about pregnancy."),
    "parent": say("This is for parents."),
    "caregiver": say("This is for people who care for somebody."),
    "foster": say("This is about foster care."),
    "student": say("This is about going to school."),
    "employment": say("This is about work."),
    "disability": say("This is about a disability."),
    "veteran": say("This is about military service."),
    "indigenous": say("This is for Indigenous people."),
    "language": say("This is about a language."),
    "housing": say("This is about housing."),
    "insurance": say("This is about insurance."),
    "justice": say("This is about courts or prison."),
    "substance_use": say("This is about alcohol, drugs or gambling."),
    "health": say("This is about health."),
    "violence": say("This is about violence."),
    "benefits": say("This is about benefits that people get."),
    "newcomer": say("This is about newcomers. What people say of their status is never kept."),
}
_ANY = say("Any one of these is enough.")
_NO_FIGURE = say("The words give no figure, so people will be asked.")
_FIRST = say("The text puts these people first. It turns nobody away.")

NO_PAPERS = say("The text says that no papers are needed.")
PAPER_HELPS = say("The text says that this paper helps.")
PAPER_ASKED = say("The text asks for this paper.")
REFERRAL_NEEDED = say("The text says that somebody must refer people.")
REFERRAL_NOT_NEEDED = say("The text says that people can come without a referral.")
FOR_EVERYBODY = say("The text says that everybody may come, and nothing that limits it.")
TO_BE_ASKED = say("The text asks for something that only a person can judge.")


def reason_of(found: Found) -> Sentence:
    atoms = atoms_of(found.when)
    if found.soft:
        return _FIRST
    if len({atom["field"] for atom in atoms}) > 1 and "any" in found.when:
        return _ANY
    if any(atom["op"] == "meets" and atom["field"] != "area" for atom in atoms):
        return _NO_FIGURE
    return _ABOUT[atoms[0]["field"]]
