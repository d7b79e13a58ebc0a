"""The form of one rule: what comes of it, its texts, when it holds line by line, and its examples. Read from a rule, and from what was
posted; every field has a name that errors of the checker are brought back to."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from directory.domain.referrals.clocks import write_term
from directory.domain.sentences import retold
from directory.rules.conditions import Wrong
from directory.rules.sets.builder import Built, Item, WrongRows, built_of, raw_of
from directory.rules.sets.check import texts_of
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.reasons import LANGUAGES
from directory.rules.sets.rule import Caution, Clock, FlagListing, FlagPair, LookAgain, Points, Rule, Tell, Then
from directory.rules.sets.signals import catalogue_of
from directory.rules.sets.writing import write_signals
from directory.web.models.rule_lines import read_items, typed_categories
from directory.web.wording import _

TYPES: Mapping[SetKind, tuple[str, ...]] = {
    SetKind.SUGGEST: ("points", "caution"),
    SetKind.FLAG: ("pair",),
    SetKind.ROUTE: ("clock", "tell"),
    SetKind.QUALITY: ("flag", "look"),
}
"""What may come of a rule, by its kind: the first where nothing is chosen."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "points": ("reason",), "caution": ("caution",), "pair": ("reason",), "clock": ("reason",), "tell": ("reason",), "look": ("reason",),
    "flag": ("reason", "way_out"),
}  # fmt: skip
_TYPE_OF = {Points: "points", Caution: "caution", FlagPair: "pair", Clock: "clock", Tell: "tell", LookAgain: "look", FlagListing: "flag"}
_FIELDS = ("points", "family", "reading", "severity", "term", "waits_for", "from_sent", "action", "at", "days", "flag", "owner")


@dataclass(slots=True)
class RuleForm:
    """`values`: field -> text. `once`: of what tells, how often. `examples` as they are stored. `wrongs`: field -> one sentence."""

    kind: SetKind
    type: str
    values: dict[str, str]
    built: Built
    once: tuple[str, ...] = ("referral", "state")
    examples: tuple[Mapping[str, Any], ...] = ()
    wrongs: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        return TEXTS[self.type]

    def with_items(self, items: Iterable[Item]) -> "RuleForm":
        return RuleForm(self.kind, self.type, self.values, Built(self.built.how, tuple(items)), self.once, self.examples, self.wrongs)


def form_of(rule: Rule, kind: SetKind) -> RuleForm:
    """The form of a rule that is stored."""
    made = _TYPE_OF[type(rule.then)]
    values = {
        "id": rule.id,
        "source": rule.source,
        "if_unknown": rule.if_unknown.value,
        "on": "yes" if rule.is_on else "",
        "family": rule.family,
    }
    values |= _then_values(rule.then)
    for name, text in zip(TEXTS[made], texts_of(rule.then), strict=True):
        values |= {f"{name}.{language}": text.told.get(language, "") for language in LANGUAGES}
        values[f"{name}.en"] = values[f"{name}.en"] or text.told.get("", "")
    once = tuple(each.value for each in rule.then.once_per) if isinstance(rule.then, Tell) else ("referral", "state")
    examples = tuple({"given": write_signals(each.given), "expect": each.expect.value} for each in rule.tests)
    return RuleForm(kind, made, values, built_of(rule.when, catalogue_of(kind)), once, examples)


def empty_form(kind: SetKind, made: str, family: str) -> RuleForm:
    """A new rule."""
    usual = {"on": "yes", "if_unknown": "skip", "severity": "medium", "owner": "organization", "at": "1", "waits_for": "receiver"}
    values = {**dict.fromkeys(("id", *_FIELDS), ""), **usual, "family": family, "source": _("our proposal")}
    return RuleForm(kind, made if made in TYPES[kind] else TYPES[kind][0], values, Built())


def _then_values(then: Then) -> dict[str, str]:
    if isinstance(then, Points):
        return {"points": str(then.points)}
    if isinstance(then, Caution):
        return {"points": str(-then.points)}
    if isinstance(then, FlagPair):
        return {"reading": then.reading.value, "severity": then.severity.value}
    if isinstance(then, Clock):
        return {"term": write_term(then.term), "waits_for": then.waits_for, "from_sent": "yes" if then.from_sent else ""}
    if isinstance(then, Tell):
        return {"action": then.action.value, "at": f"{then.at:g}"}
    if isinstance(then, LookAgain):
        return {"days": str(then.days)}
    return {"flag": then.flag, "severity": then.severity.value, "owner": then.owner.value}


def posted_form(posted: MultiDict[str, str], kind: SetKind, language: str) -> RuleForm:
    """The form as it was filled in."""
    made = posted.get("type", "")
    made = made if made in TYPES[kind] else TYPES[kind][0]
    names = ("id", "source", "if_unknown", "on", *_FIELDS, *(f"{text}.{code}" for text in TEXTS[made] for code in LANGUAGES))
    values = {name: posted.get(name, "")[:2000].strip() for name in names}
    values["id"] = as_id(values["id"])
    found = RuleForm(kind, made, values, Built(_how(posted), read_items(posted, kind)), tuple(posted.getlist("once")))
    found.built, found.wrongs = typed_categories(found.built, posted, kind, language)
    found.examples = tuple(each for number in range(len(posted)) if (each := _json(posted.get(f"e.{number}", ""))) is not None)
    return found


def _how(posted: MultiDict[str, str]) -> str:
    how = posted.get("w.how", "all")
    return how if how in ("all", "any", "none") else "all"


def _json(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text) if 0 < len(text) < 20_000 else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def as_id(text: str) -> str:
    """A name as a rule may have it: "Near home" is "near-home"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def raw_rule(form: RuleForm) -> dict[str, Any]:
    """The rule as a document holds it, not yet checked. What cannot be read is in `wrongs` of the form then, and left as it was typed."""
    values = form.values
    try:
        when: Any = raw_of(form.built, catalogue_of(form.kind))
    except WrongRows as wrong:
        for place, sentence in wrong.wrongs.items():
            form.wrongs.setdefault(f"w.{place}" if place else "w", retold(sentence, _))
        when = None
    return {
        "id": values["id"],
        **({"family": values["family"]} if form.type == "points" else {}),
        "when": when,
        "then": _then(form),
        "if_unknown": values["if_unknown"] or "skip",
        "source": values["source"],
        "on": values["on"] == "yes",
        "tests": [dict(each) for each in form.examples],
    }


def _then(form: RuleForm) -> dict[str, Any]:
    values = form.values
    texts = {name: _text(values, name) for name in form.texts}
    if form.type == "points":
        return {"points": _whole(values["points"]), **texts}
    if form.type == "caution":
        points = _whole(values["points"] or "0")
        return {**texts, "points": -points if isinstance(points, int) else points}
    if form.type == "pair":
        return {"flag": values["reading"], "severity": values["severity"], **texts}
    if form.type == "clock":
        return {"term": values["term"], "waits_for": values["waits_for"], "from_sent": values["from_sent"] == "yes", **texts}
    if form.type == "tell":
        return {"action": values["action"], "at": _number(values["at"]), "once_per": list(dict.fromkeys(("referral", *form.once))), **texts}
    if form.type == "look":
        return {"look_again_after_days": _whole(values["days"]), **texts}
    return {"flag": values["flag"], "severity": values["severity"], "owner": values["owner"], **texts}


def _text(values: Mapping[str, str], name: str) -> dict[str, str] | str:
    return {language: told for language in LANGUAGES if (told := values.get(f"{name}.{language}", ""))} or ""


def _whole(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else text


def _number(text: str) -> float | str:
    return float(text.replace(",", ".")) if re.fullmatch(r"\d{1,4}([.,]\d{1,4})?", text) else text


_FIELD_OF = {
    "then.points": "points", "then.reason": "reason.en", "then.caution": "caution.en", "then.way_out": "way_out.en",
    "then.severity": "severity", "then.term": "term", "then.waits_for": "waits_for", "then.from_sent": "from_sent", "then.action": "action",
    "then.at": "at", "then.once_per": "once", "then.look_again_after_days": "days", "then.owner": "owner",
}  # fmt: skip


def field_of(path: str, made: str) -> str:
    """The field of the form that a path within a rule means: "then.points" -> "points", "when.all[1].value" -> "w.1"."""
    if path.startswith("when"):
        places = re.findall(r"\[(\d+)\]", path)
        return ".".join(["w", *places[:2]]) if places else "w"
    if path.startswith("tests"):
        place = re.match(r"tests\[(\d+)\]", path)
        return f"e.{place[1]}" if place else "e"
    if path == "then.flag":
        return "reading" if made == "pair" else "flag"
    return _FIELD_OF.get(path, path if path in ("id", "family", "if_unknown", "source", "on") else "rule")


def wrong_fields(wrongs: Iterable[Wrong], rule_id: str, rule_ids: list[str], made: str) -> dict[str, str]:
    """What the checker found, by the field of the form; of another rule or of the set itself under "rule"."""
    found: dict[str, str] = {}
    number = rule_ids.index(rule_id) if rule_id in rule_ids else len(rule_ids)
    prefix = f"rules[{number}]."
    for wrong in wrongs:
        name = field_of(wrong.path.removeprefix(prefix), made) if wrong.path.startswith(prefix) else "rule"
        found.setdefault(name, retold(wrong.sentence, _))
    return found
