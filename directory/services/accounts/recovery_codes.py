"""Codes that stand in for a lost phone: ten, shown once, each good once. 79 bits each, so that their hashes tell nobody what they are."""

import secrets
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.services.keeping.replay import note_erased
from directory.services.parts import Parts
from directory.store.tables import RecoveryCode

HOW_MANY = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH, GROUP = 16, 4


def new_codes(parts: Parts, session: Session, person_id: str) -> tuple[str, ...]:
    """Fresh codes in the place of all that there were; the caller commits."""
    forget_codes(parts, session, person_id)
    codes = tuple("".join(secrets.choice(LETTERS) for _letter in range(LENGTH)) for _code in range(HOW_MANY))
    session.add_all(RecoveryCode(person_id=person_id, code_hash=_hash(person_id, code)) for code in codes)
    return tuple("-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP)) for code in codes)


def use_recovery_code(parts: Parts, session: Session, person_id: str, code: str) -> bool:
    """Whether it is one of somebody's codes; it is gone then, and the caller commits."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    if len(plain) != LENGTH:
        return False
    used = session.scalars(
        delete(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.code_hash == _hash(person_id, plain))
        .returning(RecoveryCode.id)
    ).all()
    note_erased(session, RecoveryCode, used, parts.clock)
    return bool(used)


def forget_codes(parts: Parts, session: Session, person_id: str) -> None:
    """Let no code of somebody work any more; the caller commits."""
    gone = session.scalars(delete(RecoveryCode).where(RecoveryCode.person_id == person_id).returning(RecoveryCode.id)).all()
    note_erased(session, RecoveryCode, gone, parts.clock)


def codes_left(session: Session, person_id: str) -> int:
    """How many codes somebody has."""
    return session.scalar(select(func.count()).where(RecoveryCode.person_id == person_id)) or 0


def _hash(person_id: str, code: str) -> str:
    return sha256(f"{person_id} {code}".encode()).hexdigest()
