"""Every test of referrals has a town."""

from tests.support.referrals import town

__all__ = ["town"]
