"""What comes of a rule, read by the kind of its set."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from directory.domain.errors import InvalidInput
from directory.domain.referrals.clocks import read_term
from directory.domain.sentences import say
from directory.rules.sets.kinds import OncePer, Owner, Reading, SetKind, Severity, Told
from directory.rules.sets.rule import Caution, Clock, FlagListing, FlagPair, LookAgain, Points, Tell, Then

if TYPE_CHECKING:
    from directory.rules.sets.check import _Checking

MOST_POINTS = 50
MOST_DAYS = 1_830
LONGEST_FLAG = 40


def read_then(checking: "_Checking", raw: object, kind: SetKind, path: str) -> Then | None:
    """None where something is wrong, which `checking` knows then."""
    if not isinstance(raw, Mapping):
        checking.wrong(path, say('"then" is an object that says what comes of the rule.'))
        return None
    before = len(checking.wrongs)
    found = _READ[kind](checking, raw, path)
    return found if len(checking.wrongs) == before else None


def _suggest(checking: "_Checking", raw: Mapping[str, object], path: str) -> Then:
    if "caution" in raw:
        checking.only(raw, ("caution", "points"), path)
        points = _whole(checking, raw.get("points", 0), -MOST_POINTS, 0, f"{path}.points")
        return Caution(checking.then_text(raw["caution"], SetKind.SUGGEST, f"{path}.caution"), points)
    checking.only(raw, ("points", "reason"), path)
    points = _whole(checking, raw.get("points"), 1, MOST_POINTS, f"{path}.points")
    return Points(points, checking.then_text(raw.get("reason"), SetKind.SUGGEST, f"{path}.reason"))


def _flag(checking: "_Checking", raw: Mapping[str, object], path: str) -> Then:
    checking.only(raw, ("flag", "severity", "reason"), path)
    return FlagPair(
        checking.choice(raw.get("flag"), Reading, f"{path}.flag"),
        checking.choice(raw.get("severity", "medium"), Severity, f"{path}.severity"),
        checking.then_text(raw.get("reason"), SetKind.FLAG, f"{path}.reason"),
    )


def _route(checking: "_Checking", raw: Mapping[str, object], path: str) -> Then | None:
    reason = checking.then_text(raw.get("reason"), SetKind.ROUTE, f"{path}.reason")
    if "term" in raw:
        checking.only(raw, ("term", "waits_for", "from_sent", "reason"), path)
        waits_for = raw.get("waits_for", "receiver")
        if waits_for not in ("receiver", "sender"):
            checking.wrong(f"{path}.waits_for", say('A clock waits for "receiver" or "sender".'))
        if not isinstance(raw.get("from_sent", False), bool):
            checking.wrong(f"{path}.from_sent", say('"from_sent" is true or false.'))
        try:
            term = read_term(str(raw["term"]))
        except InvalidInput as error:
            checking.wrong(f"{path}.term", error.message)
            return None
        return Clock(term, str(waits_for), bool(raw.get("from_sent", False)), reason)
    checking.only(raw, ("action", "at", "once_per", "reason"), path)
    action = checking.choice(raw.get("action"), Told, f"{path}.action")
    at = raw.get("at", 1)
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at <= 10:
        checking.wrong(f"{path}.at", say("When it is told is a share of the clock, from 0 to 10: 0.5 for half of it, 1 for the whole."))
        at = 1
    return Tell(action, float(at), _once_per(checking, raw.get("once_per", ["referral", "state"]), f"{path}.once_per"), reason)


def _once_per(checking: "_Checking", raw: object, path: str) -> tuple[OncePer, ...]:
    known = {each.value: each for each in OncePer}
    if not isinstance(raw, list) or not all(isinstance(each, str) and each in known for each in raw) or "referral" not in raw:
        checking.wrong(path, say('"once_per" is a list with "referral", and where wanted "state" and "version".'))
        return ()
    return tuple(known[each] for each in known if each in raw)


def _quality(checking: "_Checking", raw: Mapping[str, object], path: str) -> Then:
    reason = checking.then_text(raw.get("reason"), SetKind.QUALITY, f"{path}.reason")
    if "look_again_after_days" in raw:
        checking.only(raw, ("look_again_after_days", "reason"), path)
        return LookAgain(_whole(checking, raw["look_again_after_days"], 0, MOST_DAYS, f"{path}.look_again_after_days"), reason)
    checking.only(raw, ("flag", "severity", "owner", "way_out", "reason"), path)
    flag = raw.get("flag")
    if not isinstance(flag, str) or not (flag.isidentifier() and flag.isascii() and flag.islower() and len(flag) <= LONGEST_FLAG):
        checking.wrong(f"{path}.flag", say("A flag is a short word of small letters, digits and _."))
    return FlagListing(
        str(flag),
        checking.choice(raw.get("severity", "medium"), Severity, f"{path}.severity"),
        checking.choice(raw.get("owner", "organization"), Owner, f"{path}.owner"),
        reason,
        checking.then_text(raw.get("way_out"), SetKind.QUALITY, f"{path}.way_out"),
    )


def _whole(checking: "_Checking", raw: object, least: int, most: int, path: str) -> int:
    if type(raw) is not int or not least <= raw <= most:
        checking.wrong(path, say("Write a whole number from %(least)s to %(most)s.", least=least, most=most))
        return 0
    return raw


_READ = {SetKind.SUGGEST: _suggest, SetKind.FLAG: _flag, SetKind.ROUTE: _route, SetKind.QUALITY: _quality}
