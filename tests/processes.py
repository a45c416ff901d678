"""Workflows for tests: read from YAML as a desk's are, and desks that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.declaring import read_desk, read_team
from tkt.domain.settings import Settings
from tkt.domain.workflow.checking import crossed
from tkt.domain.workflow.reading import parse
from tkt.storage import yaml

if TYPE_CHECKING:
    from tkt.domain.workflow import Workflow

RETURNS = """\
label: {zh: 退换货, en: returns}
categories: [return]
defaults: {priority: high}
states:
  new: {label: {zh: 待受理, en: new}, category: new}
  working: {label: {zh: 处理中, en: working}, category: open}
  inspecting: {label: {zh: 验货中, en: inspecting}, category: open}
  waiting: {label: {zh: 等客户, en: waiting}, category: pending}
  inside: {category: pending, pauses: false}
  resolved: {label: {zh: 已解决, en: resolved}, category: resolved}
  closed: {label: {zh: 已关闭, en: closed}, category: closed}
  spam: {category: closed, final: true}
transitions:
  - {from: new, to: [working, spam]}
  - {from: working, to: [inspecting, waiting, inside, resolved]}
  - {from: inspecting, to: resolved, who: [lead, wang], requires: {checklist: [received]}}
  - {from: inspecting, to: working}
  - {from: [waiting, inside], to: working}
  - {from: resolved, to: closed}
requires:
  pending: {reply: true}
  inside: {until: false}
  resolved: {fields: [cause], note: true}
checklist:
  - {name: photo, label: {zh: 已收到照片, en: photo received}, states: [working]}
  - {name: received, label: {zh: 已收到退件, en: parcel received}, states: [inspecting]}
approval: {field: refund, above: 200, by: [lead, qian]}
reopen: {within: 7d, to: inspecting}
"""
FIELDS = {"cause": {"label": {"zh": "原因", "en": "cause"}}, "refund": {"type": "money"}}
TEAM = {
    "agents": {
        "lin": {"name": "林小满", "teams": ["aftersales"]},
        "wang": {"name": "王强", "teams": ["presale"]},
        "zhao": {"name": "赵敏", "teams": ["aftersales"]},
        "qian": {"name": "钱多", "teams": ["presale"]},
    },
    "teams": {
        "aftersales": {"name": "售后组", "lead": "zhao"},
        "presale": {"name": "售前组", "lead": "qian"},
    },
}


def a_flow(text: str = RETURNS, name: str = "returns") -> Workflow:
    """A workflow from sound YAML."""
    flow, faults = parse(yaml.load(text.encode(), path=f"{name}.yaml"), name=name)
    assert flow, faults
    assert not faults
    return flow


def a_shop(*flows: Workflow, team: dict[str, Any] = TEAM) -> Settings:
    """A desk with these workflows beside the general one, and people who may do things."""
    said, faults = read_desk({"fields": FIELDS})
    people, more = read_team(team)
    assert not faults + more
    shop = Settings(**said, **people)
    shop = shop._replace(workflows=(*(flows or (a_flow(),)), *shop.workflows))
    assert [fault for flow in shop.workflows for fault in crossed(flow, shop)] == []
    return shop
