"""Settings that cannot be used are told in one sentence, and no secret is repeated in it."""

import pytest

from directory.settings import SettingsError, read_settings

SERVER = {"search_engine": "meilisearch", "meili_url": "http://127.0.0.1:7700", "meili_search_key": "s", "meili_write_key": "w"}


def test_a_search_server_needs_its_address_and_both_keys():
    assert read_settings(**SERVER).meili_url == "http://127.0.0.1:7700"
    for name in ("meili_url", "meili_search_key", "meili_write_key"):
        with pytest.raises(SettingsError, match=f"needs {name.upper()}"):
            read_settings(**{**SERVER, name: ""})


@pytest.mark.parametrize("address", ["127.0.0.1:7700", "http://name:secret@host", "ftp://host"])
def test_the_address_of_a_search_server_is_a_web_address_without_a_password(address):
    with pytest.raises(SettingsError, match="MEILI_URL") as told:
        read_settings(**{**SERVER, "meili_url": address})
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["Services", "ser_vices", "", "a*"])
def test_an_index_has_a_name_that_begins_no_other(name):
    with pytest.raises(SettingsError, match="MEILI_INDEX"):
        read_settings(meili_index=name)


@pytest.mark.parametrize(
    "issuer", ["http://login.example.org", "login.example.org", "https://user@login.example.org", "ftp://login.example.org"]
)
def test_an_issuer_is_reached_over_https_only(issuer: str) -> None:
    with pytest.raises(SettingsError, match="begins with https"):
        read_settings(oidc_issuer=issuer, oidc_client_id="directory")


def test_an_issuer_needs_to_know_this_site_by_a_name() -> None:
    with pytest.raises(SettingsError, match="OIDC_CLIENT_ID"):
        read_settings(oidc_issuer="https://login.example.org")
    assert read_settings(oidc_issuer="http://127.0.0.1:9/realm/", oidc_client_id="directory").oidc_issuer == "http://127.0.0.1:9/realm"
