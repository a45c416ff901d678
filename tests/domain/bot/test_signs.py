"""How sure signs make one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.bot.signs import WEIGHTS, Signs, sure

FOR = ("lead", "length", "asks", "category")
shares = st.floats(0, 1)
signs = st.builds(Signs, *(shares for _ in Signs._fields))


@given(signs)
def test_it_is_a_share(found: Signs) -> None:
    assert 0 < sure(found) < 1


@pytest.mark.parametrize("name", Signs._fields)
@given(found=signs)
def test_each_sign_speaks_one_way(name: str, found: Signs) -> None:
    with_it, without = found._replace(**{name: 1.0}), found._replace(**{name: 0.0})
    assert (sure(with_it) > sure(without)) == (name in FOR)
    assert (getattr(WEIGHTS, name) > 0) == (name in FOR)
