"""HSDS 3.1 on the way out: what the standard has room for, and the directory's records in its words. Nothing confidential gets here."""
