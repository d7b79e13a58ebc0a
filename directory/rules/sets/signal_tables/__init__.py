"""The signals themselves, a table for each thing that rules judge."""

from directory.rules.sets.signal_tables.listings import LISTING_SIGNALS
from directory.rules.sets.signal_tables.pairs import PAIR_SIGNALS
from directory.rules.sets.signal_tables.partners import PARTNER_SIGNALS
from directory.rules.sets.signal_tables.referrals import REFERRAL_SIGNALS

ALL_SIGNALS = (*PARTNER_SIGNALS, *PAIR_SIGNALS, *REFERRAL_SIGNALS, *LISTING_SIGNALS)
