"""Personal data in texts is masked, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.masking import Found, mask, masked_phone

MASKED = [
    # mobile numbers, however they are written
    ("13800138000", "138****8000"),
    ("我电话13800138000,急", "我电话138****8000,急"),
    ("138 0013 8000", "138****8000"),
    ("138-0013-8000", "138****8000"),
    ("138.0013.8000", "138****8000"),
    ("1380 013 8000", "138****8000"),
    ("13800 138000", "138****8000"),
    ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
    ("+86 13800138000", "+86 138****8000"),
    ("+8613800138000", "+86138****8000"),
    ("008613800138000", "0086138****8000"),
    ("（+86）13800138000", "（+86）138****8000"),
    ("１３８００１３８０００", "138****8000"),
    ("一三八零零一三八零零零", "一三八****八零零零"),
    ("幺三八〇〇一三八〇〇〇", "幺三八****八〇〇〇"),
    ("微信wx13800138000", "微信wx138****8000"),
    ("tel:13800138000/13911112222", "tel:138****8000/139****2222"),
    ("13800138000 13911112222", "138****8000 139****2222"),
    ("手机号13800138000，收件人王女士", "手机号138****8000，收件人王女士"),
    ("13800138000-1234", "138****8000-1234"),
    ("13800138000-13900139000", "138****8000-139****9000"),
    ("138\u200b0013\u200b8000", "138****8000"),
    ("1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e300138000", "138****8000"),
    ("订单:2511002233,13800138000", "订单:2511002233,138****8000"),
    ("138/0013/8000", "138****8000"),
    ("138_0013_8000", "138****8000"),
    ("call13800138000now", "call138****8000now"),
    ("a13800138000b", "a138****8000b"),
    ("138零零一三八零零零", "138****八零零零"),
    ("一 三 八 零 零 一 三 八 零 零 零", "一三八****八零零零"),
    ("https://shop.cn/?phone=13800138000", "https://shop.cn/?phone=138****8000"),
    # landlines, and numbers abroad
    ("0571-88123456", "0571-******56"),
    ("057188123456", "0571-******56"),
    ("(010) 8888 7777", "010-******77"),
    ("010-88887777转123", "010-******23"),
    ("电话：88123456", "电话：******56"),
    ("Tel: 8812 3456", "Tel: ******56"),
    ("+1 415 555 2671", "+1 ****71"),
    ("+44 20 7946 0958", "+44****58"),
    ("(415) 555-2671", "****71"),
    ("07700 900143", "****43"),
    ("415-555-2671", "****71"),
    # identity cards
    ("11010519491231002X", "110***********002X"),
    ("身份证110105 19491231 002x", "身份证110***********002X"),
    ("身份证号：310101199003071233", "身份证号：310***********1233"),
    ("110105491231003", "110********1003"),
    ("身份证11010 519491231 002X", "身份证110***********002X"),
    ("身份证11010519491231002X13800138000", "身份证110***********002X138****8000"),
    # bank cards
    ("6222 0212 3456 7890 128", "6222***********0128"),
    ("6222021234567890128", "6222***********0128"),
    ("4111111111111111", "4111********1111"),
    ("卡号5500-0000-0000-0004", "卡号5500********0004"),
    # e-mail
    ("lin.xm@163.com", "l***@163.com"),
    ("发到 Lin_88@shop.example.cn 谢谢", "发到 L***@shop.example.cn 谢谢"),
    ("发票寄到lin.xm@163.com", "发票寄到l***@163.com"),
    ("QQ邮箱是123456789@qq.com谢谢", "QQ邮箱是1***@qq.com谢谢"),
    # addresses in China: the city stays
    ("杭州市西湖区文三路478号", "杭州市西湖区***"),
    ("我的地址是杭州市西湖区文三路478号华星时代广场A座1204室", "我的地址是杭州市西湖区***"),
    ("浙江省杭州市余杭区仓前街道良睦路1399号3栋2单元501，谢谢", "浙江省杭州市余杭区***，谢谢"),
    ("浙江省 杭州市 西湖区 文三路 478号 3幢 501室", "浙江省 杭州市 西湖区***"),
    ("寄到上海市浦东新区张江碧波路690号8号楼302", "寄到上海市浦东新区***"),
    ("朝阳区建国路88号院5号楼1203", "朝阳区***"),
    ("上海长宁路1033弄5号302室", "上海长宁路***"),
    ("文三路478号", "文三路***"),
    ("张家村12号", "张家村***"),
    ("科技园3号楼1204", "科技园***"),
    ("科技园三号楼1204室", "科技园***"),
    ("翡翠城5幢2单元301", "翡翠城***"),
    ("住A座1204", "住***"),
    ("阳光小区3-2-501", "阳光小区***"),
    ("西湖区阳光小区3栋501", "西湖区***"),
    ("体育西路12号A座1503 13900139000", "体育西路*** 139****9000"),
    ("天河区体育西路12号A座13900139000", "天河区***139****9000"),
    ("天河区体育西路12号A座 13900139000 1503", "天河区***"),
    ("体育西路12号 13900139000 1299元", "体育西路*** 139****9000 1299元"),
    ("大树村3组18号", "大树村***"),
    ("衡阳县大树村3组18号", "衡阳县***"),
    ("文一西路969号 阿里巴巴西溪园区 3号楼", "文一西路***"),
    ("中山路328号创意产业园5-A栋", "中山路***"),
    # addresses elsewhere
    ("Unit 4, Mill Lane", "***"),
    ("14 Orchard Close, Ludlow", "***, Ludlow"),
    ("12 Main Street, Apt 4", "***"),
    ("Ship to 12 Main Street, Apt 4, Springfield", "Ship to ***, Springfield"),
    ("Flat 3B, 221B Baker Street, London", "***, London"),
    ("1600 N. Elm Ave., Boston", "***, Boston"),
    ("P.O. Box 1234, Austin", "***, Austin"),
]

KEPT = [
    "订单2511002233", "2511002233", "订单号 4512345678901234567", "2511002233445566778",
    "订单13800138000", "order no. 4111111111111111", "流水号6222021234567890128",
    "YT7731008812", "SF1588230047", "JD0123456789012", "快递单号 773100881234567",
    "运单:13912345678", "EMS EA123456789CN", "YT13800138000", "yt13800138000",
    "https://item.taobao.com/item.htm?id=13800138000", "?skuId=1&id=13800138000", "13800138000mm",
    "价格13812345678元", "1380013800一共", "3fe13800138000a", "👨\u200d👩\u200d👧 3\ufe0f\u20e3",
    "299元", "¥1299.00", "满300减50", "13800138000.50元", "退268元，另补20元",
    "2026-11-22", "2026-11-22 14:03:11", "20261122140311", "11月5号前到", "2026/11/22-2026/11/25",
    "v1.12.3", "1.2.3.4", "192.168.100.200", "10.0.0.138:8080", "261121-7KQ4", "sha 1380013800ab",
    "IMEI 356938035643809", "356938035643809", "货号13800138000",
    "400-820-8820", "4008208820", "800-810-8888", "95588", "12315", "10086",
    "我知道5号发货", "两条路5号前到", "3号仓库", "在2号楼门口", "双11第3号", "地铁2号线",
    "1号楼2000件", "3座沙发 2000元", "A座", "超市3号出口", "36码", "120ml×3", "5栋", "302",
    "2室1厅", "一共三十六件", "3 New Arrivals", "2 days on the road", "10 Big Square Pillows", 
    "24 hour way", "Unit price 4, New Lane opens", "3组杯子", "新村3组合柜",
    "5 Star Service", "@lin 看一下", "@林小满", "lin@shop", "一二三四五六七八九零",
    "一三八八元", "型号A1380013800", "6222 1234", "6222021234567890123", "88123456",
    "138****8000", "杭州市西湖区***", "l***@163.com", "110***********002X", "0571-******56",
]  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    found = mask(text)
    assert found.text == masked
    assert found.found


@pytest.mark.parametrize("text", KEPT)
def test_what_a_shop_works_with_stays(text: str) -> None:
    assert mask(text) == (text, ())


def test_what_was_found_is_told_in_full_and_by_kind() -> None:
    said = "寄到杭州市西湖区文三路478号，电话13800138000，卡6222021234567890128，a@b.cn"
    assert mask(said).found == (
        Found("mail", "a@b.cn"),
        Found("bank", "6222021234567890128"),
        Found("mobile", "13800138000"),
        Found("address", "杭州市西湖区文三路478号"),
    )


def test_the_same_number_twice_is_found_once() -> None:
    found = mask("13800138000，再说一遍13800138000")
    assert found.text == "138****8000，再说一遍138****8000"
    assert found.found == (Found("mobile", "13800138000"),)


def test_what_the_shop_has_published_stays() -> None:
    own = ("0571-88123456", "杭州市余杭区良睦路1399号")
    said = "退到杭州市余杭区良睦路1399号，电话0571-88123456，您的号码13800138000对吗"
    assert mask(said, own).text == said.replace("13800138000", "138****8000")
    assert mask("0571-88123457", own).found


@pytest.mark.parametrize(
    ("number", "masked"),
    [("13800138000", "138****8000"), ("88886666", "******66"), ("95588", "95588"),
     ("057188886666", "0571-******66"), ("138****8000", "138****8000")],
)  # fmt: skip
def test_what_is_known_to_be_a_telephone_number_needs_no_label(number: str, masked: str) -> None:
    assert masked_phone(number).text == masked


# -- what holds of every text -------------------------------------------------------------------

PIECES = st.sampled_from([text for text, _ in MASKED] + KEPT)
WORDS = st.text("电话是寄到 ,，。:abXx@-()号楼路区市0123456789一二三*\n", max_size=40)
TEXTS = st.lists(PIECES | WORDS, max_size=6).map("".join) | st.text(max_size=80)


@given(TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text).text
    assert mask(once) == (once, ())


@given(TEXTS)
def test_masking_never_makes_a_text_much_longer(text: str) -> None:
    masked = mask(text)
    assert len(masked.text) <= len(text) + 4 * len(text.split("@")) + 4


@given(st.text("亲您好的退款杯子碎了谢谢快递很慢 abc,.!?，。！？\n", max_size=200))
def test_a_text_without_numbers_and_addresses_is_as_it_was(text: str) -> None:
    assert mask(text) == (text, ())


@given(st.lists(PIECES, max_size=5))
def test_texts_line_by_line_are_masked_as_each_alone(lines: list[str]) -> None:
    assert mask("\n".join(lines)).text == "\n".join(mask(line).text for line in lines)


@given(st.integers(13_000_000_000, 19_999_999_999), WORDS)
def test_no_mobile_number_gets_through(number: int, rest: str) -> None:
    assert str(number) not in mask(f"请打 {number} ，{rest}").text


@given(TEXTS)
def test_nothing_found_means_nothing_changed(text: str) -> None:
    masked = mask(text)
    assert bool(masked.found) == (masked.text != text)
