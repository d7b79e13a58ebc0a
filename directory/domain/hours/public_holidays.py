"""Public holidays by ISO 3166-2 region, province and state included, from the `holidays` library; kept per region and year."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays


def holiday_name(region: str | None, day: date) -> str | None:
    """What the public holiday on the date is called in the region ("CA-ON", "CA"); None when it is none, or the region is not known."""
    if region is None:
        return None
    return _holidays_of(region.upper(), day.year).get(day)


@lru_cache(maxsize=256)
def dates_of_holidays(region: str | None, first: date, days: int) -> tuple[date, ...]:
    """The public holidays among the `days` dates from `first`; none where the region is not known."""
    if region is None:
        return ()
    last = first + timedelta(days=days - 1)
    years = range(first.year, last.year + 1)
    return tuple(day for year in years for day in sorted(_holidays_of(region.upper(), year)) if first <= day <= last)


@lru_cache(maxsize=1024)
def _holidays_of(region: str, year: int) -> Mapping[date, str]:
    country, _, subdivision = region.partition("-")
    for part in (subdivision or None, None):
        try:
            return dict(holidays.country_holidays(country, subdiv=part, years=year))
        except NotImplementedError:  # a region the library does not have: then its country, then nothing
            continue
    return {}
