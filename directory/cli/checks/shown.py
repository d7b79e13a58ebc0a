"""The settings as `doctor` prints them."""

from directory.settings import SECRETS, Settings


def settings_shown(settings: Settings) -> dict[str, str]:
    """Every setting by its environment variable; of secrets only whether they are set, of addresses no password."""
    shown = {}
    for name in Settings.model_fields:
        value = str(getattr(settings, name))
        if name.upper() in SECRETS:
            value = "(set)" if value else "(kept in the data folder)" if name in ("secret_key", "sealing_keys") else ""
        elif name.startswith("database_") and name.endswith("url") and value:
            value = without_password(value)
        shown[name.upper()] = value
    return shown


def without_password(address: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "(not an address)"
