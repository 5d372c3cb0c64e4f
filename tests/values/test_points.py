"""Points: degrees within the limits of latitude and longitude, and which points can be the centre of one settlement."""

from __future__ import annotations

import pytest

from graph_api.errors import InvalidValue
from graph_api.values.points import POINT
from graph_api.values.value_type import Raw


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            {"latitude": "90.1", "longitude": "0"},
            "Invalid latitude '90.1': expected degrees from -90 to 90 with at most 6 decimals, such as 47.1056.",
        ),
        (
            {"latitude": "0", "longitude": "-181"},
            "Invalid longitude '-181': expected degrees from -180 to 180 with at most 6 decimals, such as 47.1056.",
        ),
        (
            {"latitude": "47,1", "longitude": "35"},
            "Invalid latitude '47,1': expected degrees from -90 to 90 with at most 6 decimals, such as 47.1056.",
        ),
        ({"latitude": "47.1"}, "Invalid point (a mapping with latitude): expected longitude as well."),
        ("47.1, 35.5", "Invalid point '47.1, 35.5': expected a mapping with latitude, longitude."),
    ],
)
def test_a_point_that_is_none_is_refused_with_what_is_expected(raw: Raw, message: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        POINT.parse(raw)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("a", "b", "can_be_one"),
    [
        ((47.1056, 35.5), (47.1056, 35.5), True),
        ((50.45, 30.52), (50.40, 30.60), True),
        ((50.45, 30.52), (50.45, 30.70), False),
        ((50.45, 30.52), (50.60, 30.52), False),
        ((66.0, 179.99), (66.0, -179.99), True),
        ((-0.01, 0.0), (0.01, 0.0), True),
    ],
)
def test_points_within_ten_kilometres_are_no_dispute(
    a: tuple[float, float], b: tuple[float, float], *, can_be_one: bool
) -> None:
    one, other = ({"latitude": north, "longitude": east} for north, east in (a, b))
    assert POINT.are_compatible(one, other) is can_be_one
    assert POINT.are_compatible(other, one) is can_be_one
