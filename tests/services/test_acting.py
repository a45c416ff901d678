from __future__ import annotations

import pytest

from tkt.domain.fields import is_name
from tkt.domain.settings import Agent, Settings
from tkt.errors import UsageProblem
from tkt.services.acting import person_for

TEAM = Settings(agents=(Agent("lin", "林小满", ("lin@shop.example",)),))


@pytest.mark.parametrize("said", ["lin", "林小满", "LIN@shop.example"])
def test_an_agent_may_be_named_by_id_name_or_email(said: str) -> None:
    person = person_for(TEAM, said=said, config={}, login="root")
    assert (person.by, person.name, person.email) == ("lin", "林小满", "lin@shop.example")


def test_somebody_who_is_in_no_team_acts_under_their_own_name() -> None:
    assert person_for(TEAM, said="bob@x.example", config={}, login="root").by == "bob"
    assert person_for(TEAM, said=None, config={"user.email": "amy@x"}, login="root").by == "amy"
    assert person_for(TEAM, said=None, config={}, login="root").by == "root"


@pytest.mark.parametrize("said", ["@", "  ", "<>", "a\nTicket: x", "x" * 20_000, "\udcd0"])
def test_what_cannot_be_a_name_is_refused(said: str) -> None:
    with pytest.raises(UsageProblem):
        person_for(TEAM, said=said, config={}, login="root")


@pytest.mark.parametrize("email", ["@", "a b@x", "小 王@x", "<>@x", "-@x", "\udcff@x", "x" * 900])
def test_whatever_git_knows_of_a_person_gives_a_usable_name(email: str) -> None:
    assert is_name(person_for(TEAM, said=None, config={"user.email": email}, login="<>").by)
