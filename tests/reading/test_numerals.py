from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading import normalise, numbers


def read(text: str) -> list[tuple[float, float | None, str | None]]:
    return [(number.value, number.upper, number.unit) for number in numbers(normalise(text).text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two thirds", [(0.6667, None, "fraction")]),
        ("Two-thirds of them", [(0.6667, None, "fraction")]),
        ("a third of patients", [(0.3333, None, "fraction")]),
        ("one-third as potent", [(0.3333, None, "fraction")]),
        ("three quarters", [(0.75, None, "fraction")]),
        ("half of them", [(0.5, None, "fraction")]),
        ("½ of them", [(0.5, None, "fraction")]),
        ("48 per cent v 9", [(48, None, "percent"), (9, None, None)]),
        ("48% versus 9 percent", [(48, None, "percent"), (9, None, "percent")]),
        ("80-180 minutes", [(80, 180, "minutes")]),
        ("80–180 min", [(80, 180, "minutes")]),
        ("7 to 10 %", [(7, 10, "percent")]),
        ("two to three weeks", [(2, 3, "weeks")]),
        ("0-5 days", [(0, 5, "days")]),
        ("ninety-four patients", [(94, None, "patients")]),
        ("ninety four", [(94, None, None)]),
        ("one hundred and fifty-five", [(155, None, None)]),
        ("a hundred patients", [(100, None, "patients")]),
        ("two thousand three hundred", [(2300, None, None)]),
        ("nine of ten", [(9, None, None), (10, None, None)]),
        ("1,000", [(1000, None, None)]),
        ("12,345,678.9", [(12345678.9, None, None)]),
        ("1,5 %", [(1.5, None, "percent")]),
        ("0.6", [(0.6, None, None)]),
        ("5 out of 24", [(5, None, None), (24, None, None)]),
        ("14/26", [(14, None, None), (26, None, None)]),
        ("1 h 20 min to 3 h", [(1, None, "hours"), (20, None, "minutes"), (3, None, "hours")]),
        ("two and a half hours", [(2.5, None, "hours")]),
        ("60-day system", [(60, None, "days")]),
        ("twice as potent", [(2, None, "fold")]),
        ("a fourfold affinity", [(4, None, "fold")]),
        ("four times", [(4, None, "fold")]),
        ("0.5 mg/kg/h", [(0.5, None, "mg/kg/h")]),
        ("5 µg/kg", [(5, None, "µg/kg")]),
        ("twenty-four hrs.", [(24, None, "hours")]),
        ("relief in 3.", [(3, None, None)]),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, found: list[tuple[float, float | None, str | None]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    ["C7", "T10", "from S1 to L3", "version 1.2.3", "1,23,456", "x10", "half-life", "the third ganglion", "someone"]
    + ["often", "the second and third sympathetic ganglia", "freight", "", "9" * 400],
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read(text) == []


@given(st.text(max_size=80))
def test_any_text_gives_finite_numbers_that_stand_in_it(text: str) -> None:
    for number in numbers(text):
        assert math.isfinite(number.value)
        assert number.upper is None or math.isfinite(number.upper)
        assert 0 <= number.start < number.end <= len(text)


@given(
    st.lists(
        st.sampled_from(["1", "1,000", "2.5", "two", "hundred", "a", "half", "third", "-", " ", "to", "%", ".", "mg"])
    )
)
def test_numbers_never_overlap(parts: list[str]) -> None:
    found = numbers("".join(parts)) + numbers(" ".join(parts))[:0]
    spaced = numbers(" ".join(parts))
    for run in (found, spaced):
        assert all(one.end <= two.start for one, two in zip(run, run[1:], strict=False))


@given(st.integers(0, 999_999))
def test_thousands_may_be_grouped(value: int) -> None:
    assert [number.value for number in numbers(f"{value:,} patients")] == [float(value)]


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(value: int) -> str:
    if value >= 100:
        rest = f" and {spelt(value % 100)}" if value % 100 else ""
        return f"{spelt(value // 100)} hundred{rest}"
    if value < 20:
        return ONES[value]
    return TENS[value // 10 - 2] + (f"-{ONES[value % 10]}" if value % 10 else "")


@pytest.mark.parametrize("value", range(1000))
def test_numbers_in_words_are_numbers(value: int) -> None:
    assert read(f"in {spelt(value)} patients") == [(float(value), None, "patients")]
