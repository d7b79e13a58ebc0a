"""Hours: when a place is open, and when it takes people, which is not the same thing.

Hours are statements about the clock on the wall of the place: "Monday 9:00 to 17:00" holds whatever the offset from UTC is that day.
A listing is therefore open at an instant when the wall clock of its own zone, at that instant, reads a time inside its hours.
"""
