"""How people get in, as far as a text on hours or on applying says so, in English, French and Spanish."""

import re

from directory.domain.hours.values import WayIn

_NOT = r"(?:no|not|without(?:\s+(?:a|an|any|prior))?|sans|sin)\s+(?:prior\s+|a\s+|an\s+)?"
_SAYS: tuple[tuple[WayIn, str], ...] = (
    (
        WayIn.APPOINTMENT,
        r"appointments?\b|\bappts?\b|\bsur\s+rendez-?\s?vous|\bcon\s+cita\b|\bcita\s+previa",
    ),
    (WayIn.WALK_IN, r"\bwalk(?:ing)?[\s-]?ins?\b|\bdrop[\s-]?ins?\b|\bsans\s+rendez-?\s?vous|\bsin\s+cita\b"),
    (
        WayIn.PHONE,
        r"\b(?:please\s+)?(?:call|phone|telephone)(?:ing)?\b(?!\s+(?:center|centre|is\b))|\bappele[zr]\b|\btéléphone[zr]\b|\bllam(?:e|ar|ada)\b",
    ),
    (
        WayIn.ONLINE,
        r"\b(?:apply|register|book|sign\s+up|schedule)\s+online\b|\bonline\s+(?:application|form|intake)\b|\ben\s+ligne\b|\ben\s+línea\b",
    ),
    (
        WayIn.REFERRAL_ONLY,
        r"\breferrals?\s+(?:is\s+|are\s+)?(?:only|required|needed)\b|\bby\s+referral\b|\bsur\s+référence\b|\bcon\s+referencia\b",
    ),
)
_NO_APPOINTMENT = re.compile(
    rf"\b{_NOT}appointments?\b|\bappointments?\s+(?:is\s+|are\s+)?(?:not|un)\s*(?:required|needed|necessary)\b", re.IGNORECASE
)
_NO_WALK_INS = re.compile(
    r"\bno\s+(?:walk|drop)[\s-]?ins?\b|\b(?:walk|drop)[\s-]?ins?\s+(?:service\s+)?(?:is|are)\s+not\b"
    r"|\bnot?\s+accept\s+(?:walk|drop)[\s-]?ins?\b",
    re.IGNORECASE,
)
_NO_REFERRAL = re.compile(rf"\b{_NOT}referrals?\b|\breferrals?\s+(?:is\s+|are\s+)?not\s+(?:required|needed)\b", re.IGNORECASE)
_PATTERNS = tuple((way, re.compile(pattern, re.IGNORECASE)) for way, pattern in _SAYS)


def ways_in_of(text: str) -> frozenset[WayIn]:
    """The ways in that the text names. What it denies ("no walk-ins", "no appointment needed") is not among them; silence names none."""
    for denial in (_NO_WALK_INS, _NO_REFERRAL):
        text = denial.sub(" ", text)
    text = _NO_APPOINTMENT.sub(" ", text)
    return frozenset(way for way, pattern in _PATTERNS if pattern.search(text))
