"""Real cities of Canada and the United States, for made-up services in number: where they are, and how many people live there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """`people` in thousands weighs how many services it gets; `postal` is the area of its middle (FSA or ZIP); `telephone` an area code."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    zone: str
    telephone: str
    postal: str
    people: int


CITIES: tuple[City, ...] = (
    City("Toronto", "CA", "ON", 43.6532, -79.3832, "America/Toronto", "416", "M5V", 2794),
    City("Montréal", "CA", "QC", 45.5089, -73.5617, "America/Toronto", "514", "H2X", 1763),
    City("Calgary", "CA", "AB", 51.0447, -114.0719, "America/Edmonton", "403", "T2P", 1307),
    City("Ottawa", "CA", "ON", 45.4215, -75.6972, "America/Toronto", "613", "K1P", 1017),
    City("Edmonton", "CA", "AB", 53.5461, -113.4938, "America/Edmonton", "780", "T5J", 1011),
    City("Winnipeg", "CA", "MB", 49.8951, -97.1384, "America/Winnipeg", "204", "R3C", 750),
    City("Vancouver", "CA", "BC", 49.2827, -123.1207, "America/Vancouver", "604", "V6B", 662),
    City("Hamilton", "CA", "ON", 43.2557, -79.8711, "America/Toronto", "905", "L8P", 569),
    City("Québec", "CA", "QC", 46.8139, -71.2080, "America/Toronto", "418", "G1R", 549),
    City("Halifax", "CA", "NS", 44.6488, -63.5752, "America/Halifax", "902", "B3J", 440),
    City("London", "CA", "ON", 42.9849, -81.2453, "America/Toronto", "519", "N6A", 422),
    City("Gatineau", "CA", "QC", 45.4765, -75.7013, "America/Toronto", "819", "J8X", 291),
    City("Saskatoon", "CA", "SK", 52.1332, -106.6700, "America/Regina", "306", "S7K", 266),
    City("Kitchener", "CA", "ON", 43.4516, -80.4925, "America/Toronto", "519", "N2G", 257),
    City("Windsor", "CA", "ON", 42.3149, -83.0364, "America/Toronto", "519", "N9A", 230),
    City("Regina", "CA", "SK", 50.4452, -104.6189, "America/Regina", "306", "S4P", 226),
    City("Sherbrooke", "CA", "QC", 45.4042, -71.8929, "America/Toronto", "819", "J1H", 173),
    City("Sudbury", "CA", "ON", 46.4917, -80.9930, "America/Toronto", "705", "P3E", 166),
    City("Barrie", "CA", "ON", 44.3894, -79.6903, "America/Toronto", "705", "L4M", 148),
    City("Kelowna", "CA", "BC", 49.8880, -119.4960, "America/Vancouver", "250", "V1Y", 145),
    City("Guelph", "CA", "ON", 43.5448, -80.2482, "America/Toronto", "519", "N1H", 144),
    City("Trois-Rivières", "CA", "QC", 46.3432, -72.5430, "America/Toronto", "819", "G9A", 139),
    City("Kingston", "CA", "ON", 44.2312, -76.4860, "America/Toronto", "613", "K7L", 133),
    City("St. John's", "CA", "NL", 47.5615, -52.7126, "America/St_Johns", "709", "A1C", 111),
    City("Thunder Bay", "CA", "ON", 48.3809, -89.2477, "America/Toronto", "807", "P7B", 109),
    City("Red Deer", "CA", "AB", 52.2690, -113.8116, "America/Edmonton", "403", "T4N", 101),
    City("Victoria", "CA", "BC", 48.4284, -123.3656, "America/Vancouver", "250", "V8W", 92),
    City("Moncton", "CA", "NB", 46.0878, -64.7782, "America/Moncton", "506", "E1C", 79),
    City("Fredericton", "CA", "NB", 45.9636, -66.6431, "America/Moncton", "506", "E3B", 63),
    City("Charlottetown", "CA", "PE", 46.2382, -63.1311, "America/Halifax", "902", "C1A", 39),
    City("New York", "US", "NY", 40.7128, -74.0060, "America/New_York", "212", "10001", 8804),
    City("Los Angeles", "US", "CA", 34.0522, -118.2437, "America/Los_Angeles", "213", "90012", 3899),
    City("Chicago", "US", "IL", 41.8781, -87.6298, "America/Chicago", "312", "60602", 2746),
    City("Houston", "US", "TX", 29.7604, -95.3698, "America/Chicago", "713", "77002", 2305),
    City("Phoenix", "US", "AZ", 33.4484, -112.0740, "America/Phoenix", "602", "85003", 1608),
    City("Philadelphia", "US", "PA", 39.9526, -75.1652, "America/New_York", "215", "19104", 1604),
    City("San Antonio", "US", "TX", 29.4241, -98.4936, "America/Chicago", "210", "78205", 1435),
    City("San Diego", "US", "CA", 32.7157, -117.1611, "America/Los_Angeles", "619", "92101", 1387),
    City("Dallas", "US", "TX", 32.7767, -96.7970, "America/Chicago", "214", "75201", 1304),
    City("Jacksonville", "US", "FL", 30.3322, -81.6557, "America/New_York", "904", "32202", 950),
    City("Columbus", "US", "OH", 39.9612, -82.9988, "America/New_York", "614", "43215", 906),
    City("Indianapolis", "US", "IN", 39.7684, -86.1581, "America/Indiana/Indianapolis", "317", "46204", 888),
    City("Charlotte", "US", "NC", 35.2271, -80.8431, "America/New_York", "704", "28202", 875),
    City("Seattle", "US", "WA", 47.6062, -122.3321, "America/Los_Angeles", "206", "98101", 737),
    City("Denver", "US", "CO", 39.7392, -104.9903, "America/Denver", "303", "80202", 716),
    City("Nashville", "US", "TN", 36.1627, -86.7816, "America/Chicago", "615", "37203", 689),
    City("Boston", "US", "MA", 42.3601, -71.0589, "America/New_York", "617", "02108", 676),
    City("Portland", "US", "OR", 45.5152, -122.6784, "America/Los_Angeles", "503", "97204", 653),
    City("Las Vegas", "US", "NV", 36.1699, -115.1398, "America/Los_Angeles", "702", "89101", 642),
    City("Detroit", "US", "MI", 42.3314, -83.0458, "America/Detroit", "313", "48226", 639),
    City("Memphis", "US", "TN", 35.1495, -90.0490, "America/Chicago", "901", "38103", 633),
    City("Baltimore", "US", "MD", 39.2904, -76.6122, "America/New_York", "410", "21202", 586),
    City("Milwaukee", "US", "WI", 43.0389, -87.9065, "America/Chicago", "414", "53202", 577),
    City("Albuquerque", "US", "NM", 35.0844, -106.6504, "America/Denver", "505", "87102", 565),
    City("Tucson", "US", "AZ", 32.2226, -110.9747, "America/Phoenix", "520", "85701", 543),
    City("Fresno", "US", "CA", 36.7378, -119.7871, "America/Los_Angeles", "559", "93721", 542),
    City("Sacramento", "US", "CA", 38.5816, -121.4944, "America/Los_Angeles", "916", "95814", 525),
    City("Atlanta", "US", "GA", 33.7490, -84.3880, "America/New_York", "404", "30303", 499),
    City("Minneapolis", "US", "MN", 44.9778, -93.2650, "America/Chicago", "612", "55401", 430),
    City("New Orleans", "US", "LA", 29.9511, -90.0715, "America/Chicago", "504", "70112", 384),
    City("Cleveland", "US", "OH", 41.4993, -81.6944, "America/New_York", "216", "44113", 373),
    City("Buffalo", "US", "NY", 42.8864, -78.8784, "America/New_York", "716", "14202", 278),
)
