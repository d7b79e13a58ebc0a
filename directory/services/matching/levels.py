"""Which table holds the records of each level."""

from typing import Any

from directory.rules.matching.facts import IdentityLevel as Level
from directory.store.tables import Location, Organization, Service

TABLES: dict[Level, Any] = {Level.ORGANIZATION: Organization, Level.SITE: Location, Level.PROGRAM: Service}

__all__ = ["TABLES", "Level"]
