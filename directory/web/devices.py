"""What a browser is called in a list of sessions: by the names of programs and devices that everybody knows, and nothing finer."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
"""What stands in the words of a browser about itself -> its name; several call themselves by others' names too, so the order decides."""


def device_words(told: str) -> str:
    """A browser and what it runs on, as in "Chrome, Android"; "" where neither is known."""
    found = (next((name for mark, name in names if mark in told), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
