"""How values read on a page."""

import pytest

from trialsim.web.filters import worked


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (475, "7 h 55"), (3360, "56 h")]
)
def test_paid_time_is_told_in_hours_and_never_in_days(minutes: int, words: str) -> None:
    assert worked(minutes) == words
