"""What the words of a listing say for certain: of access to a building, of cost. Where they leave doubt, nothing is said."""

import re

_ACCESSIBILITY = (
    (
        "wheelchair",
        re.compile(r"\bwheel ?-?chair|\bhandicap(?:ped)?[ -]accessible|\bada (?:accessible|compliant)|\bfauteuil roulant|silla de ruedas"),
    ),
    ("elevator", re.compile(r"\belevator|\blift access|\bascenseur|\bascensor")),
    ("ramp", re.compile(r"\bramps?\b|\brampe|\brampa")),
    (
        "accessible_parking",
        re.compile(r"\b(?:accessible|disabled|handicap(?:ped)?|designated) parking|stationnement (?:accessible|réservé)"),
    ),
    (
        "accessible_washroom",
        re.compile(r"\b(?:accessible|barrier-free) (?:washroom|restroom|toilet|bathroom)|toilettes? (?:accessible|adaptée)"),
    ),
    ("automatic_door", re.compile(r"\bautomatic doors?|\bpower doors?|porte automatique")),
    ("asl", re.compile(r"\basl\b|\bsign language|langue des signes|lengua de señas")),
    ("braille", re.compile(r"\bbraille")),
    ("hearing_loop", re.compile(r"\b(?:hearing|induction) loops?|\bassistive listening|boucle (?:auditive|magnétique)")),
    ("tty", re.compile(r"\btty\b|\btdd\b|\bats\b")),
    ("service_animals", re.compile(r"\b(?:service|guide) (?:animals?|dogs?)")),
)
_NOT = re.compile(r"\b(?:not|no|non|isn't|without|sin|pas|aucun|un)\b|\binaccessible|\bunavailable")

_FREE = re.compile(
    r"^\W*(?:(?:this |the |all )?(?:services?|programs?|counsell?ing|meals?|food)?\s*(?:is|are)?\s*)"
    r"(?:free(?: of charge| of cost| for (?:all|everyone))?|no (?:charge|cost|fees?)|none|without (?:charge|cost)|gratuite?s?|sans frais|"
    r"gratis|gratuito|sin costo|\$0(?:\.00)?)(?: services?)?\W*$"
)
_SLIDING = re.compile(
    r"\bsliding[ -](?:fee|scale)|\bscaled? to income|\bgeared to income|\bincome[ -]based fee"
    r"|échelle (?:mobile|variable)|escala móvil|selon le revenu"
)
_FEE = re.compile(r"(?:\$|£|€)\s?[1-9]|\b(?:fee|fees|cost|charge)s? (?:of|is|are|for|range)\b|\bmembership fee")
_FREE_ANYWHERE = re.compile(r"\bfree\b|\bno (?:charge|cost|fee)|gratuit|gratis")


def accessibility_code(text: str | None) -> str | None:
    """The one thing that a description of access says there is; None when it says several, denies it, or is not understood."""
    if not text:
        return None
    lower = text.lower()
    found = [code for code, pattern in _ACCESSIBILITY if pattern.search(lower)]
    return found[0] if found and not _NOT.search(lower) else None


def cost_of(text: str | None) -> list[str]:
    """["free"], ["sliding"] or ["fee"] when a description of fees says so beyond doubt; otherwise nothing."""
    if not text:
        return []
    lower = text.lower().strip()
    if _FREE.match(lower):
        return ["free"]
    if _SLIDING.search(lower):
        return ["sliding"]
    if _FEE.search(lower) and not _FREE_ANYWHERE.search(lower):
        return ["fee"]
    return []
