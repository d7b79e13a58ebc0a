"""Every test of asking around has the organizations of the partners."""

from tests.services.partners.conftest import houses

__all__ = ["houses"]
