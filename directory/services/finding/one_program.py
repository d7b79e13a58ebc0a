"""What one program says to a person."""

from dataclasses import dataclass

from directory.domain.listing import Listing
from directory.rules.assess import Assessment, assess
from directory.rules.criteria import Criteria
from directory.rules.listed import criteria_of
from directory.rules.next_question import Question, next_question
from directory.rules.person import Person
from directory.services.listings import read
from directory.services.parts import Parts


@dataclass(frozen=True, slots=True)
class AskedProgram:
    listing: Listing
    criteria: Criteria
    assessment: Assessment
    question: Question | None


def ask_program(parts: Parts, service_id: str, person: Person) -> AskedProgram:
    """Raise `NotFound`, `Withdrawn` or `Moved` as reading it does."""
    listing = read.service(parts, service_id)
    criteria = criteria_of(listing)
    return AskedProgram(listing, criteria, assess(criteria, person), next_question([criteria], person))
