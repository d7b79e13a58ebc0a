"""The code that a person carries: copied by hand with a slip, it is another's never."""

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.referrals.reference import ALPHABET, BITS, read_reference, reference_of

codes = st.integers(0, 2**BITS - 1).map(reference_of)


@given(codes)
def test_a_code_is_read_however_it_is_written(code: str):
    for written in (code, code.lower(), code.replace("-", ""), f" {code[:4]} {code[5:]} ", code.replace("0", "O").replace("1", "l")):
        assert read_reference(written) == code


@given(codes, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(code: str, place: int, sign: str):
    signs = code.replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    if wrong != signs and {sign, signs[place]} != {"0", "Z"}:
        assert read_reference(wrong) == ""


@given(codes, st.integers(0, 5))
def test_two_neighbours_exchanged_are_noticed(code: str, place: int):
    signs = list(code.replace("-", ""))
    first, second = signs[place : place + 2]
    signs[place : place + 2] = second, first
    if first != second and {first, second} != {"0", "Z"}:
        assert read_reference("".join(signs)) == ""


@given(st.text(max_size=12))
def test_anything_else_is_none(text: str):
    found = read_reference(text)
    assert found == "" or read_reference(found) == found
