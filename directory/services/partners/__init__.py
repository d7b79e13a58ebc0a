"""Agreements between organizations: proposed by one, confirmed by all, looked at again, ended by any; and introductions without a case."""
