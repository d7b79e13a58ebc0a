"""Ages and school grades in English."""

import re

from directory.rules.reading.languages.pack import AgePattern, AgeWords, Bound, numbered, pattern

_NUMBERS = numbered(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
        0,
    ),
    ("birth", 0),
    ("newborn", 0),
    ("newborns", 0),
)
_UNITS = {"mo": 1 / 12, "w": 7 / 365.25, "y": 1.0}
_SPELLED = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?<![\d.,$€£:/#])(?:\d{{1,3}}(?:\.\d)?(?!\d)(?: ?½| 1/2)?|\b(?:{_SPELLED})\b)"
_UNIT = r"(?:years?|yrs?|y/?o|months?|mos?|weeks?|wks?)\b\.?"
_OLD = r"(?:[\s-]{1,2}(?:olds?|of age))?"


def _shape(words: str, bound: Bound, certain: bool = False) -> AgePattern:
    for name in ("low", "high"):
        words = words.replace(f"{{{name}}}", rf"(?P<{name}>{_NUMBER})(?:[\s-]{{0,2}}(?P<{name}unit>{_UNIT}))?{_OLD}")
    return AgePattern(pattern(words), bound, certain)


_PEOPLE = (
    r"adults?|seniors?|elders?|elderly|youths?|teens?|teenagers?|adolescents?|child|children|kids?|boys?|girls?|males?|females?|men|women|"
    r"students?|individuals?|persons?|people|clients?|participants?|residents?|anyone|everyone|those|infants?|toddlers?|babies|members?|"
    r"veterans?|parents?|homeowners?|applicants?|patients?|fathers?|mothers?|campers|minors?|participate"
)

AGES = AgeWords(
    patterns=(
        _shape(r"\b(?P<low>birth|newborns?) (?:to|through|until|-|–) (?:age )?{high}", Bound.RANGE, certain=True),
        _shape(
            r"(?:\bbetween |\bfrom )?(?:the )?(?:ages? )?(?:of )?{low}(?: (?:to|through|thru|until|and) | ?[-–—] ?)(?:age )?{high}",
            Bound.RANGE,
        ),
        _shape(r"{low} ?(?:\+|\bplus\b)(?: years?)?(?: of age)?", Bound.AT_LEAST, certain=True),
        _shape(r"{low},? (?:and|or|&) (?:older|over|up|above|better|beyond)\b", Bound.AT_LEAST, certain=True),
        _shape(r"{high},? (?:and|or|&) (?:under|younger|below)\b", Bound.UP_TO, certain=True),
        _shape(r"\b(?:minimum|min\.?) age(?: is| of|:)? ?{low}", Bound.AT_LEAST, certain=True),
        _shape(r"\b(?:maximum|max\.?) age(?: is| of|:)? ?{high}", Bound.UP_TO, certain=True),
        _shape(r"\b(?:over|above|older than|at least|past|no younger than)(?: the)?(?: ages?)?(?: of)? {low}", Bound.AT_LEAST),
        _shape(r"\b(?:under|below|younger than|less than|not yet)(?: the)?(?: ages?)?(?: of)? {high}", Bound.BELOW),
        _shape(r"\b(?:up to|until|through|no older than)(?: and including)?(?: the)?(?: ages?)?(?: of)? {high}", Bound.UP_TO),
        _shape(r"\bmust be(?: aged?)? {low}(?= by| before| on or before| at| when|,|\.|$)", Bound.AT_LEAST, certain=True),
    ),
    numbers=_NUMBERS,
    units=_UNITS,
    before=re.compile(
        rf"(?:\b(?:ages?|aged|age range|age group|grouped)\b[\s:(]{{0,3}}|\b(?:{_PEOPLE})\b[\s,:(–-]{{0,3}}(?:(?:who )?are )?"
        rf"(?:ages?|aged|from|between)?[\s:(]{{0,2}})(?:of |from |between |the )?$",
        re.IGNORECASE,
    ),
    not_before=re.compile(
        r"(?:[$€£#]|\bgrades? |\bfor (?:over|more than|at least|up to|the past)? ?|\b(?:the (?:last|past|next)|within|every|each|past|since|"
        r"in|capacity of|serves?|served|houses?|housing for|limit(?:ed)? to|every|only) |\d[:.,/])$",
        re.IGNORECASE,
    ),
    after=re.compile(
        r"(?:(?<=\bolds)|(?<=\bold)|(?<=\bof age))(?!\w)"
        r"|[\s-]{1,2}(?:(?:years?|months?)[\s-](?:old|of age)|(?:and|or) (?:under|older)|year olds)"
        r"|\s?\)\s?(?:and|with)\s(?:their|a)\b",
        re.IGNORECASE,
    ),
    not_after=re.compile(
        r"(?:\s?(?:%|percent|per cent|a\.?m\b|p\.?m\b|:\d|/\d|°|\$|st\b|nd\b|rd\b|th\b)|[\s-]{0,2}(?:hours?|hrs?|minutes?|mins?|days?|"
        r"miles?|kms?|lbs?|pounds|dollars|times|visits?|meals|beds?|units?|apartments?|locations|sites|people\b|individuals\b|persons\b|"
        r"families|households|participants|students|children|kids|youth|men\b|women\b|homeless|customers|clients|guests|countries|cities|counties|communities|"
        r"years? (?:in|experience|as|since|ago)|year round|week program|month program|sessions?|classes|blocks?))",
        re.IGNORECASE,
    ),
    of_child_before=re.compile(
        r"\b(?:have|has|having) (?:a |an |at least one |one or more )?(?:minor )?(?:child|children|kids?)\b[^.;\d]{0,14}$|\b(?:parents?|famil(?:y|ies)|caregivers?|mothers?|fathers?|moms?|dads?|women|guardians?|couples|households?|adults?|those|grandparents)\b(?!-)"
        r"[^.;]{0,32}?\b(?:of|with|who have|having|have|raising|caring for|and their)\s[^.;\d]{0,24}"
        r"\b(?:child|children|kids?|infants?|toddlers?|bab(?:y|ies)|newborns?|sons?|daughters?|teens?)\b[^.;\d]{0,14}$",
        re.IGNORECASE,
    ),
    of_child_after=re.compile(
        r"(?:\s?years?(?:\sold)?)?[\s,)]{0,3}(?:and|with|along with|&)\s(?:their|a|an|at least one)\s"
        r"(?:parents?|caregivers?|famil(?:y|ies)|mothers?|guardians?)",
        re.IGNORECASE,
    ),
    of_household_before=re.compile(
        r"\b(?:households?|families|homes?)\b[^.;\d]{0,12}?\b(?:with|having|that include|who have)\s[^.;\d]{0,24}"
        r"\b(?:member|members|someone|person|adult|senior|anyone)\b[^.;\d]{0,14}$",
        re.IGNORECASE,
    ),
    grades=(
        (
            pattern(
                r"\bgrades? (?P<low>\d{1,2}|k|pre-?k|jk|sk)(?: ?[-–—] ?| to | through | thru | and )(?:grade )?(?P<high>\d{1,2})(?!\d)"
            ),
            Bound.RANGE,
            0,
        ),
        (
            pattern(
                r"\b(?P<low>pre-?kindergarten|pre-?k|junior kindergarten|kindergarten|kindergarteners|k|jk|sk)(?: ?[-–—] ?| to | through | thru )"
                r"(?:grade )?(?P<high>\d{1,2})(?!\d)(?:th|st|nd|rd)?(?: grade)?"
            ),
            Bound.RANGE,
            0,
        ),
        (
            pattern(
                r"\b(?P<low>\d{1,2})(?:st|nd|rd|th)?(?: grade)?(?: ?[-–—] ?| to | through | and )(?P<high>\d{1,2})(?:st|nd|rd|th)(?: |-)grade"
            ),
            Bound.RANGE,
            0,
        ),
        (pattern(r"\bgrades? (?P<low>\d{1,2}), (?:\d{1,2},? ){0,4}(?:and|or|&) (?P<high>\d{1,2})(?!\d)"), Bound.RANGE, 0),
        (pattern(r"\bgrades? (?P<low>\d{1,2}) ?(?:\+|and (?:up|above|over|higher))"), Bound.AT_LEAST, 0),
        (pattern(r"\bgrades? (?P<high>\d{1,2}) (?:and|or) (?:under|below|lower|younger)"), Bound.UP_TO, 0),
        (pattern(r"\b(?:entering|in|for|completed) grade (?P<low>\d{1,2})(?!\d)"), Bound.RANGE, 0),
        (pattern(r"\b(?P<low>\d{1,2})(?:st|nd|rd|th) graders?\b"), Bound.RANGE, 0),
    ),
    grade_words={
        "k": 0,
        "kindergarten": 0,
        "kindergarteners": 0,
        "sk": 0,
        "jk": -1,
        "junior kindergarten": -1,
        **dict.fromkeys(("pre-k", "prek", "pre-kindergarten", "prekindergarten"), -1),
    },
)
