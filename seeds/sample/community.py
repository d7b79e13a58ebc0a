"""The organizations of the sample community with all their records, before anything is planted among them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from seeds.sample.draw import Draw
from seeds.sample.organizations import Organization, location_records, make_organization, organization_record
from seeds.sample.rivebourg import Rivebourg
from seeds.sample.services import service_records
from seeds.sample.truth import Group
from seeds.sample.words import Kind, kinds

Data = dict[str, Any]


@dataclass(slots=True)
class Community:
    """Everything made so far, and the truth about what was planted. `records`: (kind, data) in the order in which a feed tells them."""

    today: date
    setting: Rivebourg
    organizations: list[Organization] = field(default_factory=list)
    records: list[tuple[str, Data]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def add(self, kind: str, data: Data) -> Data:
        self.records.append((kind, data))
        return data

    def of_kind(self, kind: str) -> Iterator[Data]:
        return (data for found, data in self.records if found == kind)

    def services_of(self, organization_id: str) -> list[Data]:
        return [data for data in self.of_kind("service") if data["organization_id"] == organization_id]


def make_community(seed: int, today: date) -> Community:
    """All organizations with their sites and services. What is drawn depends on the seed alone; dates count back from `today`."""
    draw = Draw(f"{seed} community")
    community = Community(today, Rivebourg(Draw(f"{seed} buildings and numbers")))
    taken: set[str] = set()
    for kind in kinds():
        for number in range(kind.count):
            organization = _new(draw, community, kind, number, taken)
            community.organizations.append(organization)
            community.add("organization", organization_record(draw, organization, today))
            for data in location_records(draw, organization, today):
                community.add("location", data)
            for data in service_records(draw, community.setting, organization, today):
                community.add("service", data)
    return community


def _new(draw: Draw, community: Community, kind: Kind, number: int, taken: set[str]) -> Organization:
    """An organization whose name no other has."""
    while True:
        organization = make_organization(draw, community.setting, kind, number)
        if taken.isdisjoint(organization.name):
            taken.update(organization.name)
            return organization
