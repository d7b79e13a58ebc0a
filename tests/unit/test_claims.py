"""Which mail address speaks for an organization."""

import pytest

from directory.domain.claims import is_proved_by_domain, own_domains


@pytest.mark.parametrize(
    ("email", "website", "listed", "proved"),
    [
        ("anna@harbour.example", "https://www.harbour.example/food", "", True),
        ("anna@harbour.example", "harbour.example", "", True),
        ("anna@harbour.example", "", "info@harbour.example", True),
        ("ANNA@Harbour.Example", "HTTP://WWW.HARBOUR.EXAMPLE", "", True),
        ("anna@other.example", "https://harbour.example", "info@harbour.example", False),
        ("anna@notharbour.example", "https://harbour.example", "", False),
        ("anna@harbour.example.evil.example", "https://harbour.example", "", False),
        ("anna@city.example", "https://shelter.city.example", "", False),
        ("anna@shelter.city.example", "https://city.example", "", False),
        ("anna@gmail.com", "https://harbour.example", "harbour@gmail.com", False),
        ("anna@wordpress.com", "https://harbour.wordpress.com", "", False),
        ("harbour.wordpress.com", "https://harbour.wordpress.com", "", False),
        ("anna@facebook.com", "https://www.facebook.com/harbour", "", False),
        ("anna@harbour.example", "", "", False),
        ("anna@harbour.example", "https://[broken", "", False),
    ],
)
def test_an_address_proves_something_where_the_domain_is_the_organization_s_own(email: str, website: str, listed: str, proved: bool):
    assert is_proved_by_domain(email, own_domains(website, listed)) is proved
