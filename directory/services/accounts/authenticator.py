"""Codes of six digits that an app makes anew every half minute (TOTP, RFC 6238): setting the app up, and using a code.

The last step of which a code was used is remembered, so that none works twice; the step before and the one after the present one are taken,
since clocks differ.
"""

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.services.parts import Parts
from directory.store.tables import Person

STEP_SECONDS = 30
STEPS_ASIDE = 1
DIGITS = 6


def new_secret() -> str:
    """A fresh secret in base32, as apps take it."""
    import pyotp

    return pyotp.random_base32()


def address_of_secret(secret: str, email: str, issuer: str) -> str:
    """What an app reads from the QR code."""
    import pyotp

    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=issuer)


def step_of(secret: str, code: str, clock: Clock) -> int | None:
    """The step of which this is the code; None where it is of none that counts now."""
    import pyotp

    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    app = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    present = int(clock.now().timestamp()) // STEP_SECONDS
    steps = range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1)
    return next((step for step in steps if pyotp.utils.strings_equal(app.generate_otp(step), digits)), None)


def use_code(parts: Parts, session: Session, person: Person, code: str) -> bool:
    """Whether a code of somebody's app is right and none that was used; it is used up then, and the caller commits. Of two that use it at
    once one finds it used."""
    if not person.totp_secret:
        return False
    step = step_of(person.totp_secret, code, parts.clock)
    if step is None:
        return False
    unused = (Person.id == person.id, or_(Person.totp_step.is_(None), Person.totp_step < step))
    return session.scalar(update(Person).where(*unused).values(totp_step=step).returning(Person.id)) is not None
