from __future__ import annotations

import re
import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.words import cut, match_expression

TEXTS = (
    "收到的杯子碎了,要求退款",
    "亲，非常抱歉给您带来不便，我们马上为您补发。",
    "物流三天没有更新，快递说已经签收，可是我没有收到货",
    "iPhone壳退款，订单 2511002233",
    "支持7天无理由退货吗？",
    "SKU-A12红色缺货，換貨也可以",
    "联系 Service@Shop-Mall.com 或 order-2511",
    "退，款已经到了；货不对板",
    "ﾌﾙｰﾂ ＶＩＰ客户１２３号 ㊙資料 が か\u3099",
    "𠮷野家の牛丼 𬠠味 환불해 주세요 😀退😀款",
    "",
)
HAN = st.text("退款物流要的了货不一二三𠮷", min_size=1, max_size=6)
TYPED = st.lists(
    st.sampled_from("退款物流天a7b *\"'()^:-+{}.@，。😀\n\x00\ud800é")
    | st.sampled_from(["NEAR(", " AND ", " OR ", " NOT ", "iPhone", "ｶﾞ"])
    | st.text(max_size=1),
    max_size=20,
).map("".join)


def found(texts: list[str] | tuple[str, ...], typed: str, *, phrase: bool = False) -> set[int]:
    """The positions of the texts that ``typed`` finds."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61')")
        rows = [(i, cut(text)) for i, text in enumerate(texts)]
        db.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", rows)
        expression = match_expression(typed, phrase=phrase)
        if expression is None:
            return set()
        return {row[0] for row in db.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,))}


def containing(texts: list[str] | tuple[str, ...], needle: str) -> set[int]:
    return {i for i, text in enumerate(texts) if needle in text}


def runs_of(text: str) -> list[str]:
    """The runs of Han characters in ``text``."""
    marked = "".join(c if unicodedata.name(c, "").startswith("CJK UNIFIED") else " " for c in text)
    return marked.split()


NEEDLES = sorted(
    {
        run[start : start + length]
        for text in TEXTS
        for run in runs_of(text)
        for length in range(1, 7)
        for start in range(len(run) - length + 1)
    }
)


def test_every_part_of_a_real_text_is_found_and_nothing_else() -> None:
    assert len(NEEDLES) > 150
    wrong = [needle for needle in NEEDLES if found(TEXTS, needle) != containing(TEXTS, needle)]
    assert wrong == []


@given(st.lists(st.text("退款物流要的了货不一二三𠮷，7a 😀", max_size=30), max_size=6), HAN)
def test_search_is_substring_search_within_a_run(texts: list[str], needle: str) -> None:
    assert found(texts, needle) == containing(texts, needle)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1), st.data())
def test_any_part_of_any_han_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(1, 6))
    assert found([text], text[start : start + length]) == {0}


@pytest.mark.parametrize("block", [0x3400, 0x4E00, 0xF900, 0x20000, 0x2A700, 0x2B820, 0x30000])
def test_no_plane_of_han_is_lost_by_the_tokenizer(block: int) -> None:
    first, second, third = (chr(block + step) for step in (0x10, 0x11, 0x12))
    texts = [first + second, second + third, third]
    assert found(texts, first + second) == {0}
    assert found(texts, second) == {0, 1}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("iPhone壳退款", "壳退款"),
        ("iPhone壳退款", "iphone"),
        ("iPhone壳退款", "iPhone壳"),
        ("7天无理由退货", "7天"),
        ("7天无理由退货", "无理由"),
        ("支持7天无理由", "7天无"),
        ("三天7件", "三天7"),
        ("三天7件", "天7"),
        ("SKU-A12红色", "sku-a12"),
        ("SKU-A12红色", "A12红"),
        ("SKU-A12红色", "红色"),
        ("写信给 Service@Shop-Mall.com", "service@shop-mall.com"),
        ("写信给 Service@Shop-Mall.com", "shop-mall"),
        ("订单order-2511", "order-2511"),
        ("ＶＩＰ１２３", "vip123"),
        ("か\u3099", "が"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("㊙資料", "秘資"),
        ("葛\U000e0100飾", "葛飾"),
        ("退\u200b款", "退款"),
        ("환불해 주세요", "불해"),
        ("CAFÉ", "cafe\u0301"),
        ("SF1234567", "sf12*"),
        ("收到 退款 了 物流", "物流 退款"),
        ("收到退款，物流没动", '(退款) -物流"'),
    ],
)
def test_mixed_text_is_found_by_its_natural_parts(text: str, typed: str) -> None:
    assert found([text, "别的"], typed) == {0}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("退，款", "退款"),
        ("退 款", "退款"),
        ("要退款", "退款了"),
        ("订单 2511 order", "order-2511"),
        ("order 25110", "order-2511"),
        ("iPhone", "phone"),
        ("退款", "退款 物流"),
    ],
)
def test_what_is_not_there_is_not_found(text: str, typed: str) -> None:
    assert found([text], typed) == set()


def test_a_phrase_keeps_its_order_across_words() -> None:
    texts = ["please refund the order", "order the refund please", "要退款，物流没动"]
    assert found(texts, "the order", phrase=True) == {0}
    assert found(texts, "the order") == {0, 1}
    assert found(texts, "退款，物", phrase=True) == {2}


def test_words_repeat_only_once_and_a_long_question_is_answered() -> None:
    assert match_expression("退款 退款 退款") == '"退款"'
    many = " ".join(f"w{i}" for i in range(2000))
    assert found([many], many) == {0}


@pytest.mark.parametrize(
    "typed", ["", "  ", "*", '"', "()", "，。！", "😀", "\x00", "\ud800", "-^:"]
)
def test_nothing_to_search_for_is_none(typed: str) -> None:
    assert match_expression(typed) is None
    assert match_expression(typed, phrase=True) is None


@given(TYPED, st.booleans())
def test_whatever_is_typed_is_data(typed: str, phrase: bool) -> None:
    found(["退款"], typed, phrase=phrase)


@given(TYPED)
def test_a_text_is_found_by_itself(text: str) -> None:
    if match_expression(text) is not None:
        assert found([text], text) == {0}
        assert found([text], text, phrase=True) == {0}


@given(st.text(st.characters(exclude_categories=("Mn", "Mc", "Me", "Cf", "Cs", "Cc"))))
def test_ordinary_text_needs_no_folding_and_any_other_gets_it(text: str) -> None:
    assert cut(text) == cut(unicodedata.normalize("NFKC", text))


@given(st.text())
def test_cut_text_is_words_and_single_spaces(text: str) -> None:
    assert not re.search(r"[^\w ]|_", cut(text)) or not text.isprintable()
    assert cut(text) == " ".join(cut(text).split())
