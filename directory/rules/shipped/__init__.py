"""The rule sets that come with the program, for a Canadian community: each rule with its source, or "our proposal"."""

from functools import cache
from importlib.resources import files

from directory.rules.sets.check import check_rule_set
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.yaml_text import read_yaml

FILES = {
    SetKind.SUGGEST: "suggest-partners.yaml",
    SetKind.FLAG: "flag-pairs.yaml",
    SetKind.ROUTE: "route-referrals.yaml",
    SetKind.QUALITY: "listing-quality.yaml",
}


@cache
def shipped_set(kind: SetKind) -> RuleSet:
    """The set of a kind."""
    text = (files(__package__) / FILES[kind]).read_text(encoding="utf-8")
    return check_rule_set(read_yaml(text))


@cache
def shipped_names() -> dict[str, str]:
    """The names of the sets that ship -> their kinds."""
    return {shipped_set(kind).name: kind.value for kind in SetKind}
