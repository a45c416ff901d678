from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tkt.errors import NotFound, Refused
from tkt.storage.secrets import Secrets

if TYPE_CHECKING:
    from pathlib import Path

    from tkt.errors import TktError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    (tmp_path / ".config/tkt").mkdir(parents=True)
    return tmp_path


def secrets(home: Path, **environ: str) -> Secrets:
    return Secrets({"HOME": str(home), **environ}, str(home / "desk"))


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def refused(home: Path, reference: str, **environ: str) -> TktError:
    with pytest.raises((Refused, NotFound)) as raised:
        secrets(home, **environ).value(reference)
    assert "hunter2" not in repr(raised.value.params)
    return raised.value


def test_a_variable_goes_before_the_file(home: Path) -> None:
    write(home / ".config/tkt/secrets.yaml", "A: from file\nB: 42\n")
    found = secrets(home, A="from environment")
    assert (found.value("$A"), found.value("$B")) == ("from environment", "42")


def test_another_file_can_be_named(home: Path) -> None:
    write(home / "mine.yaml", "A: x\n")
    assert secrets(home, TKT_SECRETS=str(home / "mine.yaml")).value("$A") == "x"


def test_a_secret_may_have_a_file_of_its_own(home: Path) -> None:
    write(home / "token", " hunter2\n")
    assert secrets(home).value("file:~/token") == "hunter2"
    assert secrets(home).value(f"file:{home}/token") == "hunter2"


def test_what_is_not_there_is_named_by_its_reference(home: Path) -> None:
    assert refused(home, "$NONE").params["name"] == "NONE"
    write(home / "empty", "\n")
    for name in ("none", "empty"):
        assert refused(home, f"file:~/{name}").key == "notify.no_secret_file"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_what_others_can_read_is_no_secret(home: Path, mode: int) -> None:
    write(home / ".config/tkt/secrets.yaml", "A: hunter2\n", mode)
    write(home / "token", "hunter2", mode)
    for reference in ("$A", "file:~/token"):
        assert refused(home, reference).key == "notify.secrets_open"


def test_what_lies_in_the_desk_is_no_secret(home: Path) -> None:
    write(home / "desk/s.yaml", "A: hunter2\n")
    (home / "link").symlink_to(home / "desk/s.yaml")
    assert refused(home, "$A", TKT_SECRETS=str(home / "link")).key == "notify.secrets_inside"


@pytest.mark.parametrize("text", ["A: hunter2: hunter2\n", "- hunter2\n", "hunter2\n"])
def test_a_file_that_makes_no_sense_is_not_quoted(home: Path, text: str) -> None:
    write(home / ".config/tkt/secrets.yaml", text)
    assert refused(home, "$A").key == "notify.bad_secrets"


def test_a_folder_is_refused(home: Path) -> None:
    assert refused(home, f"file:{home}").key == "notify.secrets_unreadable"
