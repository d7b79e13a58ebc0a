"""Ages and school grades in French, as in Ontario and Quebec. A unit (*ans*, *mois*) nearly always stands beside a figure."""

import re

from directory.rules.reading.languages.pack import AgePattern, AgeWords, Bound, numbered, pattern

_NUMBERS = numbered(
    ("zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 0),
    ("vingt", 20),
    ("naissance", 0),
)
_UNITS = {"mo": 1 / 12, "sem": 7 / 365.25, "an": 1.0}
_SPELLED = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?<![\d.,$€/#])(?:\d{{1,3}}(?:[.,]\d)?(?!\d)(?: ?½| 1/2)?|\b(?:{_SPELLED})\b)"
_UNIT = r"(?:ans?|années?|mois|semaines?)\b"


def _shape(words: str, bound: Bound, certain: bool = True) -> AgePattern:
    for name in ("low", "high"):
        words = words.replace(f"{{{name}!}}", rf"(?P<{name}>{_NUMBER})[\s-]{{0,2}}(?P<{name}unit>{_UNIT})(?: et demi)?")
        words = words.replace(f"{{{name}}}", rf"(?P<{name}>{_NUMBER})(?:[\s-]{{0,2}}(?P<{name}unit>{_UNIT})(?: et demi)?)?")
    return AgePattern(pattern(words), bound, certain)


_MORE = r"(?:(?:et|ou) (?:plus|\+)|\+|et au[- ](?:dessus|delà))"

AGES = AgeWords(
    patterns=(
        _shape(r"\bde la (?P<low>naissance) (?:à|jusqu['’]à) (?:l['’]âge de )?{high!}", Bound.RANGE),
        _shape(r"(?:\b(?:de|d['’]|entre|âgée?s? de) ?)?{low} ?(?:à|et|-|–|au?) ?{high!}", Bound.RANGE),
        _shape(r"{low!},? " + _MORE, Bound.AT_LEAST),
        _shape(r"{high!},? (?:et|ou) moins", Bound.UP_TO),
        _shape(
            r"\b(?:plus de|au moins|minimum de|minimum|âge minimum ?:?|âge minimal ?:?|âge minimal de|à partir de|dès(?: l['’]âge de)?) ?{low!}",
            Bound.AT_LEAST,
        ),
        _shape(r"\b(?:moins de|en bas de|en dessous de) {high!}", Bound.BELOW),
        _shape(r"\b(?:jusqu['’]à(?: l['’]âge de)?|maximum de|âge maximum ?:?|âge maximal ?:?|au plus) ?{high!}", Bound.UP_TO),
    ),
    numbers=_NUMBERS,
    units=_UNITS,
    before=re.compile(r"$^"),
    not_before=re.compile(
        r"(?:[$€#]|\b(?:depuis|pendant|durant|il y a|après|dans|tous les|chaque|dernière?s?|prochaine?s?|environ|en|d['’]ici|séjour|durée|délai|attente)"
        r"(?: (?:de|les|plus|plus de|moins|moins de|au moins|environ|maximale?)){0,3} ?)$",
        re.IGNORECASE,
    ),
    after=re.compile(r"$^"),
    not_after=re.compile(
        r"\s?(?:d['’](?:expérience|existence|histoire|activité|attente|ancienneté|études?|années)|de (?:service|résidence|suivi|retard|loyer)|après|"
        r"avant|plus tard|consécutifs?|par|%|\$)",
        re.IGNORECASE,
    ),
    of_child_before=re.compile(
        r"\b(?:ayant|avoir|avez|ont) (?:un|une|au moins un|des) (?:jeunes? )?(?:enfants?|bébés?)\b[^.;\d]{0,20}$|\b(?:parents?|familles?|mères?|pères?|mamans?|papas?|tuteurs?|femmes|couples|ménages|proches)\b[^.;]{0,20}?"
        r"(?:\b(?:de|avec|ayant|ont|et leurs?|qui ont)\s|d['’])[^.;\d]{0,24}?"
        r"\b(?:enfants?|bébés?|nourrissons?|tout-petits?|poupons?|jeunes|bambins?)\b[^.;\d]{0,20}$",
        re.IGNORECASE,
    ),
    of_child_after=re.compile(
        r"[\s,)]{0,3}(?:et|avec|accompagnée?s? de|ainsi que)\s(?:leurs?|un|le|la|d['’]un|de leurs?)\s(?:parents?|familles?|mères?|tuteurs?|adultes?)",
        re.IGNORECASE,
    ),
    of_household_before=re.compile(
        r"\b(?:ménages?|familles?|foyers?)\b[^.;\d]{0,16}?\b(?:avec|ayant|comptant|dont)\s[^.;\d]{0,24}"
        r"\b(?:membres?|personnes?|adultes?|aînée?s?)\b[^.;\d]{0,14}$",
        re.IGNORECASE,
    ),
    grades=(
        (
            pattern(r"\b(?P<low>\d{1,2}) ?(?:re|e|è), (?:\d{1,2} ?(?:e|è),? ){0,4}et (?P<high>\d{1,2}) ?(?:e|è) années?(?! du secondaire)"),
            Bound.RANGE,
            0,
        ),
        (
            pattern(
                r"\b(?P<low>pré-?maternelle|maternelle 4 ans|maternelle|jardin(?: d['’]enfants)?) à(?: la)? (?P<high>\d{1,2}) ?(?:re|ère|e|è|ème|ième)?"
                r"(?: année)"
            ),
            Bound.RANGE,
            0,
        ),
        (
            pattern(
                r"\b(?P<low>\d{1,2}) ?(?:re|ère|e|è|ème|ième)(?: année)?(?: ?[-–] ?| à(?: la)? | et(?: la)? )(?P<high>\d{1,2}) ?(?:re|ère|e|è|ème|ième) année"
                r"(?! du secondaire)"
            ),
            Bound.RANGE,
            0,
        ),
        (pattern(r"\bsecondaires? (?P<low>[1-5])(?: ?[-–] ?| à | et )(?:secondaire )?(?P<high>[1-5])(?!\d)"), Bound.RANGE, 6),
        (
            pattern(r"\b(?P<low>[1-5]) ?(?:re|ère|e|è|ème)(?: à la | et )(?P<high>[1-5]) ?(?:e|è|ème) (?:année du |)secondaire"),
            Bound.RANGE,
            6,
        ),
        (pattern(r"\b(?:en|la|de) (?P<low>\d{1,2}) ?(?:re|ère|e|è|ème|ième) année(?! du secondaire)"), Bound.RANGE, 0),
    ),
    grade_words={
        **dict.fromkeys(("maternelle", "jardin", "jardin d'enfants"), 0),
        **dict.fromkeys(("maternelle 4 ans", "prematernelle", "pre-maternelle"), -1),
    },
)
