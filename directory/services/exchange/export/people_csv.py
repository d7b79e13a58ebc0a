"""A table for people: a row for each service at each place, with headers that say what is in the column."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import IO

from directory.domain.listing import ListedPlace, Listing
from directory.services.csv_lines import MARK, safe_cell
from directory.services.exchange.export.for_people import (
    Listings,
    access_features,
    category_words,
    phone_words,
    phones_of,
    reach_of,
    source_words,
    verified_words,
    where_words,
)
from directory.services.exchange.export.request import Progress


def write_csv(stream: IO[str], listings: Listings, counts: Counter[str], progress: Progress) -> None:
    """Write the table."""
    total, done = listings.count(), 0
    stream.write(MARK)
    writer = csv.writer(stream, lineterminator="\r\n")
    header = False
    for batch in listings.batches():
        for row in (row for listing in batch for row in rows_of(listing, listings)):
            if not header:
                writer.writerow(row)
                header = True
            writer.writerow([safe_cell(value) for value in row.values()])
            counts["row"] += 1
        done += len(batch)
        progress("row", done, max(total, done))


def rows_of(listing: Listing, listings: Listings) -> Iterator[dict[str, str]]:
    """Header -> text, for each place of a listing."""
    for place in listing.places:
        yield _row(listing, place, listings)


def _row(listing: Listing, place: ListedPlace, listings: Listings) -> dict[str, str]:
    address, organization, source = place.address, listing.organization, source_words(listing)
    languages = dict.fromkeys(language.name or language.code for language in (*listing.languages, *place.languages))
    return {
        "Service": listing.name,
        "Organization": organization.name if organization else "",
        "What it is": listing.description,
        "Categories": category_words(listing),
        "Who it is for": listing.eligibility,
        "Lowest age": _number(listing.minimum_age),
        "Highest age": _number(listing.maximum_age),
        "What it costs": listing.fees or "; ".join(listing.cost),
        "How to get in": reach_of(place.access),
        "How to apply": listing.application_process,
        "What to bring": "; ".join(listing.documents),
        "Place": place.name,
        "Address": where_words(place),
        "City": address.city if address else "",
        "Postal code": address.postal_code if address else "",
        "Latitude": f"{place.point.latitude:.6f}" if place.point else "",
        "Longitude": f"{place.point.longitude:.6f}" if place.point else "",
        "Directions": place.directions,
        "Usual week": listings.week_words(place),
        "Hours of intake": listings.intake_words(place),
        "Time zone": place.zone,
        "Telephone": phone_words(phones_of(listing, place)),
        "Mail": listing.email or (organization.email if organization else ""),
        "Website": listing.url or (organization.website if organization else ""),
        "Languages": "; ".join(languages),
        "Access": access_features(place),
        "Areas served": "; ".join(filter(None, (area.name for area in place.served or listing.served))),
        "Note": listing.alert,
        "Last verified": verified_words(listing),
        "Page": listings.link(listing),
        "Source": source["source"],
        "Licence": source["licence"],
        "Attribution": source["attribution"],
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
