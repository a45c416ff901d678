"""The shipped rules of tone: what they flag, and what they leave alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.automation.sense import texts_of
from tkt.domain.automation.wording import variables_in
from tkt.domain.tone.checking import About, Checker
from tkt.domain.tone.file import read_tone
from tkt.storage import articles, yaml
from tkt.storage.configuration import understand
from tkt.storage.defaults import desk_files, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tkt.domain.automation.rules import Macro, Rule

PLAIN = About(first=False)
"""In the middle of a conversation, of which nothing else is known."""


def shipped_checker() -> Checker:
    raw = shipped("tone.yaml").read_text(encoding="utf-8")
    text, faults = read_tone(yaml.load(raw, path="tone.yaml"))
    assert faults == []
    checker = Checker.of(text)
    assert checker
    return checker


CHECKER = shipped_checker()


def kinds(text: str, about: About = PLAIN) -> set[str]:
    return {one.kind for one in CHECKER.check(text, about)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不知道", "cold"),
        ("亲，这个我不清楚", "cold"),
        ("没办法，规定就是这样", "cold"),
        ("不可能", "cold"),
        ("亲，自己看详情页", "cold"),
        ("都说了多少遍了，说了多少遍你才懂", "cold"),
        ("随便你，爱买不买", "cold"),
        ("呵呵", "cold"),
        ("亲，是你自己没看清楚", "blaming"),
        ("你没看清尺码表吧", "blaming"),
        ("这是您的责任", "blaming"),
        ("亲，加个微信聊吧", "platform"),
        ("亲 加 V 信", "platform"),
        ("加我QQ群领券", "platform"),
        ("亲，可以线下转账", "platform"),
        ("支付宝直接转给我就行", "platform"),
        ("亲，好评返现5元哦", "platform"),
        ("五星好评送红包", "platform"),
        ("亲，帮忙刷单吗", "platform"),
        ("全网最低价", "advertising"),
        ("国家级品质，销量第一", "advertising"),
        ("加微信領取", "platform"),
        ("亲！！！看到了吗", "shouting"),
        ("嗯", "short"),
        ("滚蛋", "forbidden"),
        ("I don't know", "cold"),
        ("Message me on WhatsApp", "platform"),
    ],
)
def test_what_is_wrong_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "亲，抱歉让您久等了，马上为您查～",
        "亲，不是您的错，是我们页面没写清楚",
        "亲，这不是您的责任哦，别担心",
        "亲，并不是您弄错了",
        "您说的“不知道怎么退”，我来一步步教您",
        "亲，不知道您收到的是哪一款呢，方便拍一下吗",
        "照片不清楚，麻烦再拍一张好吗",
        "亲，最近订单比较多，最晚明天发出，最好提前一天联系快递",
        "亲，我们会第一时间处理",
        "请不要添加陌生人的微信，谨防诈骗",
        "退款会原路退回您的微信支付",
        "亲，VIP 会员可以用这张券，加VIP专享价",
        "亲，有不懂的随时问我~",
        "Hello, we are sorry to hear that. A new one is on its way!",
    ],
)
def test_what_is_well_said_is_left_alone(text: str) -> None:
    assert [(one.rule, one.words) for one in CHECKER.check(text, PLAIN)] == []


@pytest.mark.parametrize(
    "text",
    [
        "亲，您好~您的订单已经发出了，快递单号请在订单详情里看，预计后天送达哦",
        "好的亲，已经帮您备注了，仓库会尽快发出的～",
        "亲，这款是纯棉的，机洗没问题的，不过最好用冷水洗，第一次单独洗哦",
        "亲，身高165体重110建议您拍M码呢，喜欢宽松可以拍L",
        "亲，非常抱歉给您添麻烦了，麻烦您拍一下破损的照片发给我，我马上为您登记",
        "亲，退款已经给您同意了，1到3个工作日原路退回，微信支付的会退到微信零钱哦",
        "亲，花呗付的会先还花呗，您放心",
        "亲，这款支持7天无理由退换，您不满意随时退哦",
        "亲，退货运费有运费险的，签收退件后保险公司会赔付给您",
        "亲，今天16点前付款当天发，16点以后明天发哦",
        "亲，发票可以开电子普票，您把抬头和税号发我一下就好",
        "亲，物流显示在派送中了，快递员电话在物流详情里能看到，您也可以直接联系他哦",
        "亲，这款现在没货了，预计下周三补货，您可以先收藏一下",
        "亲，赠品是随单寄出的，您看看是不是在盒子底部呢",
        "亲，您要的颜色我帮您查了一下，还有3件，喜欢的话早点拍哦",
        "亲，微信支付的订单退款后会原路退回您的微信账户",
        "亲，不好意思让您久等了，刚才在帮您查物流，快递今天已经到您的城市了",
        "亲，我们是不会让您加微信或者线下转账的，谨防诈骗哦",
        "亲，如果还有不清楚的随时问我哦，我一直都在",
        "亲，这个尺码不是您的问题，是我们页面写得不够清楚，我给您换一件",
        "亲，您的手机号138****5678是对的吗？",
        "亲，帮您查到快递单号是SF1234567890123，您可以在淘宝里直接看",
        "亲，这款水壶不可以进微波炉加热哦，陶瓷的可以",
        "亲，优惠券满200减30，下单时自动抵扣的",
        "亲，这边帮您申请了5元补偿，退到您的支付宝账户，您查收一下",
        "亲，换货的话您先在订单里申请换货，寄回后我们收到就给您发新的",
        "亲，不会掉色的，您放心穿，有问题随时找我",
        "亲，您看这样处理可以吗？我先帮您补发一个",
        "亲，好的，地址已经改好了：浙江省杭州市余杭区文一西路969号",
        "亲，建议您最好先量一下家里的尺寸再拍哦",
        "感谢您的支持，祝您生活愉快，欢迎再来~",
        "亲，降价的15天内可以申请价保，我帮您看了一下可以退12元差价",
        "亲，安装师傅会提前打您电话约时间的，请保持电话畅通哦",
        "亲，麻烦您留一下收货人姓名和电话，我帮您核对一下",
        "您好，订单号3456789012345678901的退款今天上午10点已经原路退回",
        "亲，预售的尾款是11月20日晚上8点开始付，记得来哦",
        "亲，差评我们看到了，非常抱歉没让您满意，您方便说说哪里不好吗？",
        "亲，QQ糖口味有草莓和葡萄，您要哪一种呢",
        "亲，这款耳机支持苹果和安卓，蓝牙5.3，华为、小米、OPPO手机都能用",
        "亲，收到货不喜欢可以退，不影响二次销售就行",
        "亲，iPhone15手机壳的型号一定要和手机对上哦",
        "亲，衣服吊牌剪了就不能退了哦，不过质量问题可以",
        "在的亲，有什么可以帮您",
        "嗯嗯，好的呢亲，我这就去催",
        "亲，充电器加USB线是一套的，不用另外买",
        "亲，加v领口款式的上衣有货",
    ],
)
def test_a_day_of_ordinary_replies_is_left_alone(text: str) -> None:
    assert [(one.rule, one.words) for one in CHECKER.check(text, About(channel="qianniu"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "亲，加Ｖ信", "亲，加 微 信", "亲，加\u200b微\u200b信",
        "亲，加个\u202d微\u202c信", "亲，好评\u3164返现", "亲，加-微-信", "亲，加.微.信",
        "亲，加❤微❤信", "亲，➕我微信", "亲，加wei信", "亲，加我weixin", "亲，您加我v",
        "亲，wechat: abc12345",
        "亲，加我微信abc12345，谨防骗子", "亲，我微信abc12345，别的都是骗子",
    ],
)  # fmt: skip
def test_a_way_off_the_platform_is_stopped_however_it_is_written(text: str) -> None:
    assert any(one.blocks for one in CHECKER.check(text, PLAIN))


def test_forbidden_by_the_platform_is_stopped_and_coldness_is_only_said() -> None:
    assert [one.blocks for one in CHECKER.check("不知道，加微信问吧", PLAIN)] == [
        True,
        False,
        False,
    ]
    assert not any(one.blocks for one in CHECKER.check("不知道！！！", PLAIN))


def test_every_finding_says_what_to_say_instead_in_both_languages() -> None:
    for one in CHECKER.check("不知道，加微信，是你自己的错！！！", About("complaint")):
        assert one.suggest.zh
        assert one.suggest.en
        assert one.label.zh != one.label.en


def test_the_first_reply_greets_and_to_a_complaint_is_sorry() -> None:
    assert kinds("已为您登记", About()) == {"greeting"}
    assert kinds("亲，已为您登记", About("complaint")) == {"apology"}
    assert kinds("亲，已为您登记", About("presale", severity=1)) == {"apology"}
    assert kinds("亲，非常抱歉，已为您登记", About("complaint")) == set()
    assert kinds("已为您登记", About("complaint", first=False)) == set()


def test_where_the_channel_is_wechat_its_name_may_be_said() -> None:
    assert kinds("亲，微信联系", PLAIN._replace(channel="wechat")) == set()
    assert kinds("亲，微信联系", PLAIN._replace(channel="qianniu")) == {"platform"}
    assert kinds("亲，好评返现", PLAIN._replace(channel="wechat")) == {"platform"}


def test_quotation_marks_hide_nothing_that_the_platform_forbids() -> None:
    assert kinds("亲，加“微信”，或者“加微信”") == {"platform"}


def test_the_end_of_a_long_text_is_read_as_well() -> None:
    assert "platform" in kinds("亲，" + "您的订单正在路上。" * 700 + "加微信聊")


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    for one in CHECKER.check(text, About("quality", "qianniu", 1)):
        assert one.rule


# -- what is shipped --------------------------------------------------------------------------


def _filled(text: str) -> str:
    """A text with something in the place of its variables."""
    for name in variables_in(text):
        text = text.replace(f"{{{{{name}}}}}", "小王")
    return text


def _said_in(category: str | None) -> About:
    """Said first where nothing is known; in a category it may be said later as well."""
    return About(category, first=category is None)


def _workflow_texts() -> Iterator[tuple[str, About, str]]:
    files = desk_files(name="shop", language="zh")
    settings, _ = understand(files)
    from tkt.domain.automation.rules import unpacked

    automation = unpacked(settings.automation)
    flows = {flow.name: flow for flow in settings.workflows}
    either: list[Rule | Macro] = [*automation.rules, *automation.macros]
    for one in either:
        flow = flows.get(one.workflow or "")
        for step in one.do:
            if step.kind in ("reply", "auto_reply"):
                for _, text in texts_of(step):
                    for category in (None, *(flow.rules.categories if flow else ())):
                        yield one.ref, _said_in(category), text


def _replies() -> Iterator[tuple[str, About, str]]:
    for path in sorted(Path(shipped("kb")).glob("reply/*.md")):
        article, _ = articles.examined(path.read_bytes(), path=f"kb/reply/{path.name}")
        assert article, path
        for category in (None, *article.categories):
            yield path.name, _said_in(category), article.body


@pytest.mark.parametrize("source", [_workflow_texts, _replies])
def test_nothing_that_is_shipped_is_against_the_rules(source: Any) -> None:
    wrong = {
        (where, one.rule, one.words or about.category)
        for where, about, text in source()
        for one in CHECKER.check(_filled(text), about)
    }
    assert wrong == set()


def test_there_are_texts_to_look_at() -> None:
    assert sum(1 for _ in _workflow_texts()) > 40
