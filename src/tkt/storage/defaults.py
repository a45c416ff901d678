"""What a new desk starts from: the shipped workflows and articles, and its own first settings."""

from __future__ import annotations

from pathlib import Path

from tkt.storage.layout import CLASSIFY, TONE, TRAINING

SHIPPED = ("workflows", "kb", "calendars", "schemas")

GITATTRIBUTES = """\
# 工单由 tkt 合并,不会冲突;克隆后运行一次 `tkt doctor --fix` 即可启用。
# Tickets are merged by tkt and never conflict; in a new clone `tkt doctor --fix` switches this on.
/tickets/**/*.yaml -text diff merge=tkt
/archive/**/*.yaml -text diff merge=tkt
/customers/**/*.yaml -text diff merge=tkt
/orders/**/*.csv -text diff merge=tkt
/trained/*.yaml -text diff merge=union
"""

_TKT_YAML = """\
# yaml-language-server: $schema=schemas/desk.json
# 工单台的设置。每一行都可以删掉,删掉就用默认值。
# The desk's settings. Any line may go: then its default serves.
# 流程、时限、升级和自动化写在 workflows/ 里,写法见 kb/training/。
# Processes, promises, ladders and automation stand in workflows/; kb/training/ has a page on each.
version: 1
name: {name}
timezone: Asia/Shanghai
language: {language}
# 自己的字段:workflows/ 里的流程会问到它们。 Fields of your own, which the workflows ask for.
fields:
  cause:
    label: {{zh: 原因, en: cause}}
    type: choice
    choices:
      quality: {{zh: 质量问题, en: quality}}
      mismatch: {{zh: 与描述不符, en: not as described}}
      size: {{zh: 尺码不合, en: wrong size}}
      changed_mind: {{zh: 不想要了, en: changed mind}}
      wrong_item: {{zh: 发错漏发, en: wrong or missing item}}
      late: {{zh: 物流延误, en: late delivery}}
      lost: {{zh: 丢件, en: lost parcel}}
      damaged: {{zh: 运输破损, en: damaged on the way}}
      service: {{zh: 服务问题, en: service}}
      use: {{zh: 使用问题, en: use}}
      customer: {{zh: 客户填错, en: customer's slip}}
      other: {{zh: 其他, en: other}}
  refund: {{label: {{zh: 退款金额, en: refund}}, type: money}}
  tracking: {{label: {{zh: 快递单号, en: tracking number}}, type: order}}
  serial: {{label: {{zh: 序列号, en: serial number}}}}
  sku: {{label: {{zh: 货号, en: SKU}}}}
  outcome:
    label: {{zh: 回访结果, en: outcome}}
    type: choice
    choices:
      happy: {{zh: 满意, en: happy}}
      unhappy: {{zh: 不满意, en: unhappy}}
      follow_up: {{zh: 要处理, en: follow-up needed}}
"""

_TEAM_YAML = """\
# yaml-language-server: $schema=schemas/team.json
# 谁在这个团队里。email 要和各人 git config user.email 一致,记录才会记到正确的人名下。
# Who is in the team. The e-mail must be each person's `git config user.email`.
# lead(组长)收到提醒和升级,见 kb/training/sweep.md;怎样送到手机,见 notifications.md。
# The lead hears of what is late or escalated; the pages say when, and how it gets to a phone.
# 下面按 A 售前、B 售后、C 客诉三组写：去掉 #，换成自己的人和邮箱。技能 1 到 5 级，名字自己定；
# capacity 同时最多几张，level 处理到第几级，categories 见 classify.yaml，parent 是能帮忙的组。
# Groups A, B and C: take the # away and put in your own people. Skills have levels from 1 to 5.
agents:
#  wang: {name: 王强, email: [wang@shop.example], teams: [presale],
#         skills: {size: 4, english: 3}, capacity: 12, level: 2}
#  lin: {name: 林小满, email: [lin@shop.example], teams: [aftersales],
#        skills: {refund: 4, repair: 2}, capacity: 8, level: 2}
#  zhao: {name: 赵敏, email: [zhao@shop.example], teams: [complaint],
#         skills: {complaint: 5}, capacity: 6, level: 3}
teams:
#  presale:
#    {name: A组售前, lead: wang, parent: aftersales,
#     categories: [presale, product, size, availability, shipping, promotion, member]}
#  aftersales:
#    {name: B组售后, lead: lin, parent: complaint,
#     categories: [order, payment, cancel, address, intercept, dispatch, missing, wrong-item,
#                  preorder, price, invoice, logistics, delivery, return, exchange, refund,
#                  return-freight, aftersales, quality, mismatch, technical, repair, warranty,
#                  account]}
#  complaint:
#    {name: C组客诉, lead: zhao,
#     categories: [complaint, bad-review, service, counterfeit, praise]}
"""


def shipped(name: str) -> Path:
    """What ships with tkt: in the package, inside the wheel, or at a checkout's top."""
    package = Path(__file__).resolve().parent.parent
    if (inside := package / "shipped" / name).exists():
        return inside
    packed = package / "_defaults" / name
    return packed if packed.exists() else package.parent.parent / name


def desk_files(*, name: str, language: str) -> dict[str, bytes]:
    """Every file of a new desk, path to bytes."""
    from tkt.storage.dump import dump

    quoted = dump({"name": name}).removeprefix("name: ").strip()
    files = {
        ".gitattributes": GITATTRIBUTES.encode(),
        "tkt.yaml": _TKT_YAML.format(name=quoted, language=language).encode(),
        "team.yaml": _TEAM_YAML.encode(),
        **{name: shipped(name).read_bytes() for name in (CLASSIFY, TONE, TRAINING)},
    }
    for folder in SHIPPED:
        root = shipped(folder)
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix in (".yaml", ".md", ".json"):
                files[f"{folder}/{path.relative_to(root).as_posix()}"] = path.read_bytes()
    return files
