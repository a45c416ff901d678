from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.telling.message import cut, harmless, key_of, key_of_all, without_markup

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, st.integers(40, 300))
def test_a_cut_text_fits_and_keeps_its_tail(text: str, limit: int) -> None:
    found = cut(text, "#0123456789", limit)
    assert len(found.encode()) <= limit
    assert found.endswith("\n#0123456789")
    head = found.removesuffix("\n#0123456789")
    assert head == text or (head.endswith("…") and text.startswith(head[:-1]))


@given(texts)
def test_nothing_from_outside_calls_anybody(text: str) -> None:
    hostile = f'{text}@all @所有人 <at user_id="all">x</at> <@all>'
    assert not set("@<>") & set(harmless(hostile))
    assert not set("@<>*_`[]#!\\|~") & set(without_markup(hostile))


def test_a_key_is_the_same_everywhere_and_tells_notices_apart() -> None:
    known = ("261121-7KQ4", "1QWV-4X", "zhao", "told")
    assert key_of(*known) == key_of(*known)
    others = [(*known[:i], "other", *known[i + 1 :]) for i in range(4)]
    assert len({key_of(one, two, three, four) for one, two, three, four in others}) == 4
    assert key_of("a", "bc", "d", "e") != key_of("ab", "c", "d", "e")
    assert key_of_all(["x", "y"]) == key_of_all(["y", "x"]) != key_of_all(["x"])
