"""Referrals: needs are started, attempts sent, answered, handed over and followed up; every act is one event, written in one place."""
