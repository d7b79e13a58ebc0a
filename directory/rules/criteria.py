"""Whom a program is for, as data: what it requires, whom it puts first, what only a conversation can tell, what to bring.

A **criterion** is a condition over facts about a person with what is known about it: how binding it is, and who says so. Only a *hard* one
may say no, and only one whose **standing** allows it: confirmed by the listing's owner, or a structured field of a source marked
authoritative. Others read *probably not*, last among ask; nothing is hidden for them. Words that a program read in a text never say no.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import Sentence, say
from directory.rules.conditions import Condition, Wrong, WrongCondition, check_condition, comparisons_in, written
from directory.rules.facts import FACTS

SCHEMA = 1
MOST_CRITERIA = 40
MOST_QUESTIONS = 20
MOST_DOCUMENTS = 30
LONGEST_TEXT = 500


class Strength(StrEnum):
    HARD = "hard"
    SOFT = "soft"  # who comes first; changes order and words only


class By(StrEnum):
    """Who says it."""

    OWNER = "owner"
    SOURCE = "source"
    TEXT = "text"  # suggested from the listing's words


class Standing(StrEnum):
    """How much a criterion may say."""

    MAY_REFUSE = "may_refuse"
    UNCONFIRMED = "unconfirmed"


DOCUMENTS: Mapping[str, str] = {
    "photo_id": say("a photo ID"),
    "proof_of_address": say("proof of address"),
    "proof_of_income": say("proof of income"),
    "birth_certificate": say("a birth certificate"),
    "social_security_card": say("a Social Security card"),
    "health_card": say("a health card"),
    "immunization_record": say("an immunization record"),
    "school_record": say("a school record"),
    "proof_of_disability": say("proof of a disability"),
    "referral_letter": say("a referral letter"),
    "medical_record": say("a medical record"),
    "lease": say("a lease"),
    "utility_bill": say("a utility bill"),
    "bank_statement": say("a bank statement"),
    "tax_return": say("a tax return"),
    "eviction_notice": say("an eviction notice"),
    "discharge_papers": say("military discharge papers"),
    "court_papers": say("court papers"),
    "custody_papers": say("custody papers"),
    "status_papers": say("papers that show a person's status"),
    "insurance_card": say("an insurance card"),
    "none": say("no papers"),
}
REFERRERS: Mapping[str, str] = {
    "physician": say("a doctor"),
    "hospital": say("a hospital"),
    "school": say("a school"),
    "social_worker": say("a social worker"),
    "police": say("the police"),
    "court": say("a court"),
    "shelter": say("a shelter"),
    "agency": say("another agency"),
    "case_manager": say("a case manager"),
    "band_office": say("a band office"),
    "self": say("the person themselves"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """`words`: as the listing says it, "" where nobody wrote it. `confirmed_on`: when the listing's owner last said that it is so."""

    id: str
    when: Condition
    strength: Strength = Strength.HARD
    by: By = By.OWNER
    words: str = ""
    confirmed_on: date | None = None
    standing: Standing = Standing.UNCONFIRMED

    @property
    def may_refuse(self) -> bool:
        return self.strength is Strength.HARD and self.standing is Standing.MAY_REFUSE


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """What no fact can tell: `words` of the listing, and the `question` to ask the person."""

    id: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class Document:
    """One paper to bring; any of `instead` does as well. `is_needed` False: it helps to have it."""

    code: str
    is_needed: bool = True
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criteria:
    """`referral_from`: who may refer, where a referral is needed (`needs_referral`). None there: nobody said. `is_partial`: only a part of
    whom it is for is known as data, as of a listing that has ages and the rest in words: that may say no, and never yes."""

    open_to_all: bool = False
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[OwnQuestion, ...] = ()
    needs_referral: bool | None = None
    referral_from: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    is_partial: bool = False

    @property
    def may_say_yes(self) -> bool:
        """Whether facts alone can tell that it is for somebody. What was read in a text and confirmed by nobody may not be all of it."""
        is_read = any(each.by is By.TEXT for each in self.hard)
        return self.says_something and not self.is_partial and not self.questions and not is_read

    @property
    def hard(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.strength is Strength.HARD)

    @property
    def soft(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.strength is Strength.SOFT)

    @property
    def says_something(self) -> bool:
        """Whether anything is stated about who it is for."""
        return self.open_to_all or bool(self.hard) or bool(self.questions)

    def fields(self) -> Iterator[str]:
        """The facts that hard criteria speak of, each once, in order."""
        yield from dict.fromkeys(test.field for each in self.hard for test in comparisons_in(each.when))


NOTHING_STATED = Criteria()


def check_criteria(raw: object, *, is_authoritative: bool = False) -> Criteria:
    """The criteria that a JSON value writes. `is_authoritative`: what their source says in structured fields may say no.

    Raise `WrongCondition`, which names everything that is wrong.
    """
    if not isinstance(raw, Mapping):
        raise _wrong("", say("Criteria are an object with schema, criteria, questions, referral and documents."))
    unknown = sorted(set(map(str, raw)) - {"schema", "open_to_all", "criteria", "questions", "referral", "documents"})
    if unknown:
        raise _wrong(unknown[0][:40], say('"%(name)s" does not belong to criteria.', name=unknown[0][:40]))
    if raw.get("schema") != SCHEMA:
        raise _wrong("schema", say("Criteria of schema %(known)s are understood here.", known=SCHEMA))
    wrongs: list[Wrong] = []
    criteria = [_criterion(each, place, is_authoritative, wrongs) for place, each in _items(raw, "criteria", MOST_CRITERIA, wrongs)]
    questions = [_question(each, place, wrongs) for place, each in _items(raw, "questions", MOST_QUESTIONS, wrongs)]
    documents = [_document(each, place, wrongs) for place, each in _items(raw, "documents", MOST_DOCUMENTS, wrongs)]
    needs_referral, referral_from = _referral(raw.get("referral"), wrongs)
    open_to_all = raw.get("open_to_all", False)
    if not isinstance(open_to_all, bool):
        wrongs.append(Wrong("open_to_all", say('"open_to_all" is true or false.')))
    found = tuple(each for each in criteria if each is not None)
    doubled = next((each.id for number, each in enumerate(found) if each.id in {other.id for other in found[:number]}), None)
    if doubled is not None:
        wrongs.append(Wrong("criteria", say('Two criteria have the id "%(id)s"; give each its own.', id=doubled)))
    if open_to_all is True and any(each.strength is Strength.HARD for each in found):
        wrongs.append(Wrong("open_to_all", say("What is open to all has no criteria that people must meet.")))
    if wrongs:
        raise WrongCondition(tuple(wrongs))
    return Criteria(
        open_to_all is True,
        found,
        tuple(each for each in questions if each is not None),
        needs_referral,
        referral_from,
        tuple(each for each in documents if each is not None),
    )


def written_criteria(criteria: Criteria) -> dict[str, Any]:
    """The JSON form; reading it again gives the same, but for `standing`, which is the reader's to decide."""
    return {
        "schema": SCHEMA,
        "open_to_all": criteria.open_to_all,
        "criteria": [
            {
                "id": each.id,
                "when": written(each.when),
                "strength": each.strength.value,
                "said": {
                    "by": each.by.value,
                    "text": each.words,
                    "confirmed_on": each.confirmed_on.isoformat() if each.confirmed_on else None,
                },
            }
            for each in criteria.criteria
        ],
        "questions": [{"id": each.id, "text": each.words, "question": each.question} for each in criteria.questions],
        "referral": None
        if criteria.needs_referral is None
        else {"required": criteria.needs_referral, "from": list(criteria.referral_from)},
        "documents": [
            {"code": each.code, "need": "required" if each.is_needed else "helpful", "or": list(each.instead)}
            for each in criteria.documents
        ],
    }


def standing_of(by: By, confirmed_on: date | None, *, is_authoritative: bool) -> Standing:
    """What was taken over from a text counts once the owner has said that it is so, and by then it is the owner who says it."""
    is_confirmed = by is By.OWNER and confirmed_on is not None
    return Standing.MAY_REFUSE if is_confirmed or (by is By.SOURCE and is_authoritative) else Standing.UNCONFIRMED


def _criterion(raw: object, place: str, is_authoritative: bool, wrongs: list[Wrong]) -> Criterion | None:
    if not isinstance(raw, Mapping) or "when" not in raw:
        wrongs.append(Wrong(place, say('A criterion is an object with "id", "when", "strength" and "said".')))
        return None
    try:
        when = check_condition(raw["when"], FACTS, f"{place}.when")
    except WrongCondition as error:
        wrongs.extend(error.wrongs)
        return None
    said = raw.get("said", {})
    strength, by = raw.get("strength", Strength.HARD.value), said.get("by") if isinstance(said, Mapping) else None
    if strength not in list(Strength) or by not in list(By):
        name, known = ("strength", Strength) if strength not in list(Strength) else ("said.by", By)
        wrongs.append(Wrong(f"{place}.{name}", say('"%(name)s" is one of %(known)s.', name=name, known=", ".join(known))))
        return None
    confirmed_on = _day(said.get("confirmed_on"), f"{place}.said.confirmed_on", wrongs)
    identifier, words = (
        _text(raw.get("id"), f"{place}.id", wrongs, 60),
        _text(said.get("text", ""), f"{place}.said.text", wrongs, empty=True),
    )
    standing = standing_of(By(by), confirmed_on, is_authoritative=is_authoritative)
    return Criterion(identifier, when, Strength(strength), By(by), words, confirmed_on, standing)


def _question(raw: object, place: str, wrongs: list[Wrong]) -> OwnQuestion | None:
    if not isinstance(raw, Mapping):
        wrongs.append(Wrong(place, say('A question is an object with "id", "text" and "question".')))
        return None
    texts = [_text(raw.get(name), f"{place}.{name}", wrongs) for name in ("id", "text", "question")]
    return OwnQuestion(*texts)


def _document(raw: object, place: str, wrongs: list[Wrong]) -> Document | None:
    if not isinstance(raw, Mapping):
        wrongs.append(Wrong(place, say('A document is an object with "code", "need" and "or".')))
        return None
    instead = raw.get("or", [])
    codes = [raw.get("code"), *(instead if isinstance(instead, list) else [None])]
    if any(code not in DOCUMENTS for code in codes) or raw.get("need", "required") not in ("required", "helpful"):
        wrongs.append(
            Wrong(place, say("A document's code is one of %(known)s; its need is required or helpful.", known=", ".join(DOCUMENTS)))
        )
        return None
    return Document(str(codes[0]), raw.get("need", "required") == "required", tuple(map(str, codes[1:])))


def _referral(raw: object, wrongs: list[Wrong]) -> tuple[bool | None, tuple[str, ...]]:
    if raw is None:
        return None, ()
    sources = raw.get("from", []) if isinstance(raw, Mapping) else None
    is_needed = raw.get("required") if isinstance(raw, Mapping) else None
    if not isinstance(is_needed, bool) or not isinstance(sources, list) or any(each not in REFERRERS for each in sources):
        wrongs.append(
            Wrong("referral", say('"referral" has "required" (true or false) and "from", some of %(known)s.', known=", ".join(REFERRERS)))
        )
        return None, ()
    return is_needed, tuple(dict.fromkeys(map(str, sources)))


def _items(raw: Mapping[str, object], name: str, most: int, wrongs: list[Wrong]) -> Sequence[tuple[str, object]]:
    given = raw.get(name, [])
    if not isinstance(given, list) or len(given) > most:
        wrongs.append(Wrong(name, say('"%(name)s" is a list of at most %(most)s.', name=name, most=most)))
        return ()
    return [(f"{name}[{number}]", each) for number, each in enumerate(given)]


def _text(raw: object, place: str, wrongs: list[Wrong], most: int = LONGEST_TEXT, *, empty: bool = False) -> str:
    if not isinstance(raw, str) or len(raw) > most or not (raw.strip() or empty):
        wrongs.append(Wrong(place, say("Words of at most %(most)s letters belong here.", most=most)))
        return ""
    return raw.strip()


def _day(raw: object, place: str, wrongs: list[Wrong]) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        wrongs.append(Wrong(place, say("A date such as 2026-11-20 belongs here.")))
        return None


def _wrong(place: str, sentence: Sentence) -> InvalidInput:
    return WrongCondition((Wrong(place, sentence),))
