"""What is written in a conversation, as it may be: a question of one sentence, three answers, a proposal, last words."""

from dataclasses import dataclass
from datetime import date, timedelta

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

FEWEST_SIDES, MOST_SIDES = 2, 12
LONGEST_QUESTION = 200
LONGEST_ANSWER = 1_000
LONGEST_NOTE = 500
LONGEST_WHAT, LONGEST_WHO = 600, 200
LONGEST_BECAUSE = 300
DECIDED_WITHIN = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an organization says. `rather_talk`: it would rather talk, and that counts as an answer."""

    reaches: str = ""
    shares: str = ""
    worries: str = ""
    rather_talk: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    what: str
    who: str
    by: date


def checked_question(words: str) -> str:
    """Raise `InvalidInput`."""
    words = " ".join(words.split())
    if not 0 < len(words) <= LONGEST_QUESTION:
        raise InvalidInput("question", say("Question: write one sentence, in at most %(count)s letters.", count=LONGEST_QUESTION))
    return words


def check_sides(organization_ids: tuple[str, ...]) -> None:
    """Raise `InvalidInput`."""
    if not FEWEST_SIDES <= len(organization_ids) <= MOST_SIDES:
        told = {"fewest": FEWEST_SIDES, "most": MOST_SIDES}
        raise InvalidInput("side", say("Who takes part: choose from %(fewest)s to %(most)s organizations.", **told))


def checked_answers(answers: Answers, *, is_in: bool) -> Answers:
    """As they were typed. Raise `InvalidInput`, also where nothing is said and it is to count as an answer."""
    told = {name: getattr(answers, name).strip() for name in ("reaches", "shares", "worries")}
    for name, words in told.items():
        if len(words) > LONGEST_ANSWER:
            raise InvalidInput(name, say("Write less, at most %(count)s letters.", count=LONGEST_ANSWER))
    if is_in and not any(told.values()) and not answers.rather_talk:
        raise InvalidInput("reaches", say("Answer at least one of the three, or say that you would rather talk."))
    return Answers(**told, rather_talk=answers.rather_talk)


def checked_words(field: str, words: str, most: int) -> str:
    """Words that must be there. Raise `InvalidInput`."""
    words = words.strip()
    if not 0 < len(words) <= most:
        raise InvalidInput(field, say("Write it, in at most %(count)s letters.", count=most))
    return words


def checked_proposal(what: str, who: str, by: str, today: date) -> Proposal:
    """Raise `InvalidInput`."""
    told = checked_words("what", what, LONGEST_WHAT), checked_words("who", who, LONGEST_WHO)
    try:
        day = date.fromisoformat(by.strip())
    except ValueError:
        raise InvalidInput("by", say("By when: choose a day.")) from None
    if not today <= day <= today + DECIDED_WITHIN:
        raise InvalidInput("by", say("By when: choose a day from today on, within three years."))
    return Proposal(*told, day)
