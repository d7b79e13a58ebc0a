"""Two rules that anybody would write first: the same name and address, and likenesses above fixed marks, links joined as they come."""

from collections import defaultdict
from itertools import combinations
from time import process_time

from rapidfuzz import fuzz

from directory.rules.matching.facts import Facts
from tests.bench.duplicates_peers.running import PeerRun, plain


def exact(records: list[Facts]) -> PeerRun:
    started = process_time()
    rows = plain(records)
    groups = {row["id"]: f"{sorted(row['name'].split())} {row['number']} {row['street']}" for row in rows}
    return PeerRun(groups, process_time() - started)


def likenesses(records: list[Facts]) -> PeerRun:
    """Sharing a telephone, or a number and the beginning of a street, and names or addresses alike (rapidfuzz, untuned)."""
    started = process_time()
    rows = {row["id"]: row for row in plain(records)}
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one, row in rows.items():
        if row["phone"]:
            blocks["phone", row["phone"]].append(one)
        if row["number"]:
            blocks["street", row["number"], row["street"][:4]].append(one)
    home = {one: one for one in rows}

    def root(one: str) -> str:
        while home[one] != one:
            one = home[one]
        return one

    for members in blocks.values():
        for one, other in combinations(members, 2):
            first, second = rows[one], rows[other]
            name = fuzz.token_set_ratio(first["name"], second["name"])
            place = fuzz.ratio(f"{first['number']} {first['street']}", f"{second['number']} {second['street']}")
            if (name >= 85 and place >= 85) or (first["phone"] and first["phone"] == second["phone"] and (name >= 70 or place >= 90)):
                home[root(one)] = root(other)
    return PeerRun({one: root(one) for one in rows}, process_time() - started)
