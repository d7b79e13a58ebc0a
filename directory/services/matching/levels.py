"""At which level two records are one. "Same" means a different thing at each: one body, one address, one offering."""

from enum import StrEnum
from typing import Any

from directory.store.tables import Location, Organization, Service


class Level(StrEnum):
    ORGANIZATION = "organization"
    SITE = "site"
    PROGRAM = "program"


TABLES: dict[Level, Any] = {Level.ORGANIZATION: Organization, Level.SITE: Location, Level.PROGRAM: Service}
