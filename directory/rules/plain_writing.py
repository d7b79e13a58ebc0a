"""Answers to plain questions as criteria. What cannot be read is named in one sentence, with what would be right."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from directory.domain.sentences import Sentence, say
from directory.rules.criteria import DOCUMENTS, LONGEST_TEXT, MOST_QUESTIONS, REFERRERS
from directory.rules.entries import Entries
from directory.rules.facts import FACTS, HOLDS_FOR_CHILD
from directory.rules.operands import CURRENCIES, Measure, Per
from directory.rules.plain_reading import Answers
from directory.rules.situations import SITUATIONS, condition_of
from directory.rules.standard_ages import age_condition

_YEARS = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(m|mo|mos|months?|mois|mes|meses)?\.?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_OLDEST = FACTS["age"].most


class WrongAnswer(Exception):
    """`part`: which answer it is; `sentence` names the question and says what would be right."""

    def __init__(self, part: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.part, self.sentence = part, sentence


def _gender(given: Answers) -> list[dict[str, Any]]:
    ticked = [value for value in FACTS["gender"].choices if value in given["gender"]]
    return [{"field": "gender", "op": "in", "value": sorted(ticked)}] if ticked else []


def _age(given: Answers) -> list[dict[str, Any]]:
    low, high = _ends(given, "age", say("Age: write years such as 18, or months such as 18 m."))
    when = age_condition(low, high)
    return [] if when is None else [when]


def _child(given: Answers) -> list[dict[str, Any]]:
    low, high = _ends(given, "child", say("Age of a child: write years such as 5, or months such as 18 m."))
    if low is None and high is None:
        return []
    value = {
        **({"gte": _short(low)} if low else {}),
        **({"lt": _short(high + 1 if high.is_integer() else high)} if high is not None and high < _OLDEST else {}),
    }
    return [{"field": HOLDS_FOR_CHILD, "op": "range", "value": value or {"gte": 0}}]


def _ends(given: Answers, name: str, sentence: Sentence) -> tuple[float | None, float | None]:
    low, high = (read_years(given[f"{name}.{end}"], f"{name}.{end}", sentence) for end in ("from", "to"))
    if low is not None and high is not None and low > high:
        raise WrongAnswer(f"{name}.from", say("Age: put the younger age first, then the older."))
    return low, high


def read_years(text: str, part: str, sentence: Sentence) -> float | None:
    if not text.strip():
        return None
    read = _YEARS.fullmatch(text.strip())
    years = float(read[1].replace(",", ".")) / (12 if read[2] else 1) if read else -1.0
    if not 0 <= years <= _OLDEST:
        raise WrongAnswer(part, sentence)
    return years


def _area(given: Answers) -> list[dict[str, Any]]:
    place = given["places"].strip()[:60]
    if place:
        raise WrongAnswer(
            "places",
            say("Where they live: “%(place)s” is not known here. Write a city, a county or a postal code.", place=place),
        )
    return [{"field": "area", "op": "in", "value": sorted(set(given["areas"]))}] if given["areas"] else []


def _money(given: Answers) -> list[dict[str, Any]]:
    how = given["money"]
    if how == "words":
        words = given["words"].strip()
        if not 0 < len(words) <= LONGEST_TEXT:
            raise WrongAnswer("words", say("Money: write in a few words what counts, such as low income."))
        return [{"field": "income", "op": "meets", "value": words}]
    if how == "amount":
        amount = read_number(given["amount"], "amount", say("Money: write the most that a household may have, as a number such as 25000."))
        if given["currency"] not in CURRENCIES or given["per"] not in list(Per):
            raise WrongAnswer("amount", say("Money: choose the currency, and whether it is a year, a month or a week."))
        return [{"field": "income", "op": "lte", "value": {"amount": amount, "currency": given["currency"], "per": given["per"]}}]
    if how == "share":
        percent = read_number(given["percent"], "percent", say("Money: write how many percent, as a number such as 200."))
        if given["of"] not in list(Measure) or not 1 <= percent <= 1_000:
            raise WrongAnswer("percent", say("Money: write 1 to 1000 percent, and choose of what."))
        return [{"field": "income", "op": "lte", "value": {"percent": percent, "of": given["of"]}}]
    return []


def read_number(text: str, part: str, sentence: Sentence) -> float | int:
    plain = re.sub(r"[\s$£€%\u00a0\u202f]", "", text)
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise WrongAnswer(part, sentence)
    return _short(float(plain))


def _situation(given: Answers) -> list[dict[str, Any]]:
    ticked = [code for code in SITUATIONS if code in given["situation"]]
    if len(ticked) > 1 and given["enough"] not in ("any", "all"):
        raise WrongAnswer("situation", say("Their situation: choose whether one of what you ticked is enough, or all must hold."))
    if given["enough"] == "all":
        return [condition_of([code]) for code in ticked]
    return [condition_of(ticked)] if ticked else []


WRITERS: Mapping[str, Callable[[Answers], list[dict[str, Any]]]] = {
    "gender": _gender,
    "age": _age,
    "child": _child,
    "area": _area,
    "money": _money,
    "situation": _situation,
}


def write_rest(given: Answers, before: Answers, base: Entries) -> dict[str, Any]:
    """What is no criterion; what stayed the same stays as it was."""
    return {
        "open_to_all": given["everybody"] == "yes",
        "questions": base.get("questions", {}) if given["questions"] == before["questions"] else _questions(given["questions"], base),
        "referral": _referral(given),
        "documents": base.get("documents", {})
        if all(given[key] == before[key] for key in ("papers", "one_is_enough", "helps"))
        else _papers(given, base),
    }


def _questions(text: str, base: Entries) -> dict[str, Any]:
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    most = {"most": MOST_QUESTIONS, "long": LONGEST_TEXT}
    if len(lines) > MOST_QUESTIONS or any(len(line) > LONGEST_TEXT for line in lines):
        raise WrongAnswer(
            "questions",
            say("What else to ask: write at most %(most)s questions of %(long)s letters.", **most),
        )
    known = {each["question"]: (key, each) for key, each in base.get("questions", {}).items()}
    found: dict[str, Any] = {known[line][0]: known[line][1] for line in lines if line in known}
    for line in lines:
        if line not in known:
            key = next(key for number in range(1, 999) if (key := f"q{number}") not in found and key not in base.get("questions", {}))
            found[key] = {"text": line, "question": line}
    return found


def _referral(given: Answers) -> dict[str, Any] | None:
    sources = [each for each in REFERRERS if each in given["referrers"]]
    if given["referral"] not in ("yes", "no"):
        if sources:
            raise WrongAnswer("referral", say("Referral: choose whether one is needed, or take out who may refer."))
        return None
    return {"required": given["referral"] == "yes", "from": sources}


def _papers(given: Answers, base: Entries) -> dict[str, Any]:
    before = base.get("documents", {})
    needed = [code for code in DOCUMENTS if code in given["papers"]]
    helps = [code for code in DOCUMENTS if code in given["helps"] and code not in needed]
    if "none" in needed and len(needed) > 1:
        raise WrongAnswer("papers", say("Papers: tick “no papers” alone, or the papers that are needed."))
    found: dict[str, Any] = {}
    if given["one_is_enough"] == "yes" and len(needed) > 1:
        found[needed[0]] = {"need": "required", "or": needed[1:]}
    else:
        kept = {code: each["or"] for code, each in before.items() if given["one_is_enough"] != "yes" and len(before) > 1}
        found |= {code: {"need": "required", "or": [other for other in kept.get(code, []) if other not in needed]} for code in needed}
    return found | {code: {"need": "helpful", "or": before.get(code, {}).get("or", [])} for code in helps}


def _short(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number
