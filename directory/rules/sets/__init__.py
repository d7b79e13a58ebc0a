"""Rule sets: the community's own judgement as data. What may be written in one (`check`), which signals it may speak of (`signals`), what
fires (`firing`), and what that comes to for each of the four kinds."""
