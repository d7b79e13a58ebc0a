"""Messages are signed as the Standard Webhooks specification says, and tried ever later."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.errors import InvalidInput
from directory.domain.webhooks import PAUSES, EventType, checked_events, pause_after, secret_of, signature, signatures

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_a_known_message_has_its_known_signature():
    """As the reference library of the specification signs it."""
    signed = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(key=st.binary(min_size=24, max_size=64), body=st.binary(max_size=200), at=st.integers(0, 2**33))
def test_a_receiver_that_knows_the_secret_comes_to_the_same(key: bytes, body: bytes, at: int):
    expected = hmac.new(key, b"msg_1." + str(at).encode() + b"." + body, hashlib.sha256).digest()
    assert signature(secret_of(key), "msg_1", at, body) == "v1," + base64.b64encode(expected).decode()


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_another_body_has_another_signature(one: bytes, other: bytes):
    if one != other:
        assert signature(SECRET, "msg_1", 0, one) != signature(SECRET, "msg_1", 0, other)


def test_while_secrets_change_both_sign():
    other = secret_of(b"x" * 32)
    assert signatures((SECRET, other), "m", 1, BODY).split() == [signature(SECRET, "m", 1, BODY), signature(other, "m", 1, BODY)]


def test_pauses_grow_and_end():
    assert list(PAUSES) == sorted(PAUSES)
    assert [pause_after(1), pause_after(len(PAUSES)), pause_after(len(PAUSES) + 1)] == [PAUSES[0], PAUSES[-1], None]


def test_events_are_chosen_by_name_and_none_means_all():
    assert checked_events([]) == tuple(EventType)
    assert checked_events(["listing.verified"]) == (EventType.VERIFIED,)
    with pytest.raises(InvalidInput, match=r"listing\.changed, listing\.verified, listing\.withdrawn"):
        checked_events(["listing.deleted"])
