"""Planners' pages over a town of its own for each test."""

from tests.support.referrals import town
from tests.web.received.conftest import app, client

__all__ = ["app", "client", "town"]
