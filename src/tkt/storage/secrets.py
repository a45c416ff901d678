"""Secrets are looked up outside the desk: in the environment, in a file of their own, in one file.

``$NAME`` is a variable of the environment, else a key of the secrets file; ``file:PATH`` is what
stands in that file. What others can read is not taken: it is no secret any more.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tkt.errors import BadData, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "file:"
_MOST = 64 * 1024


class Secrets:
    """Where the secrets of a desk are looked up; ``top`` is the repository they must not be in."""

    def __init__(self, environ: Mapping[str, str], top: str) -> None:
        self.environ = environ
        self.top = top
        self._kept: dict[str, str] | None = None

    @property
    def path(self) -> str:
        """The secrets file: TKT_SECRETS, else in the configuration of the person."""
        home = self.environ.get("HOME", "~")
        config = self.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
        return os.path.abspath(self.environ.get("TKT_SECRETS") or f"{config}/tkt/secrets.yaml")

    def value(self, reference: str) -> str:
        """What a reference stands for; NotFound, naming no secret, if there is none."""
        if reference.startswith(_FILE):
            path = reference.removeprefix(_FILE)
            if path.startswith("~/"):
                path = self.environ.get("HOME", "~") + path[1:]
            found = self._read(path)
            if found is None or not found.strip():
                raise NotFound("notify.no_secret_file", path=path)
            return found.strip()
        name = reference.removeprefix("$")
        if said := self.environ.get(name):
            return said
        if name in self._file():
            return self._file()[name]
        raise NotFound("notify.no_secret", name=name, path=self.path)

    def _file(self) -> dict[str, str]:
        if self._kept is None:
            kept: dict[str, str] = {}
            raw = self._read(self.path)
            if raw is not None:
                from tkt.storage import yaml

                try:
                    data = yaml.load(raw, path=self.path)
                except BadData as error:
                    # Where, and nothing of what stands there.
                    raise Refused("notify.bad_secrets", path=self.path, line=error.line) from None
                if not isinstance(data, dict):
                    raise Refused("notify.bad_secrets", path=self.path, line=1)
                kept = {str(k): str(v) for k, v in data.items() if v is not None}
            self._kept = kept
        return self._kept

    def _read(self, path: str) -> str | None:
        """What a file says that nobody else can read; None if there is none."""
        real = os.path.realpath(path)
        if real.startswith(f"{os.path.realpath(self.top)}/"):
            raise Refused("notify.secrets_inside", path=path)
        try:
            with open(real, encoding="utf-8", errors="replace") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                if not stat.S_ISREG(mode) or mode & 0o077:
                    raise Refused("notify.secrets_open", path=path)
                return stream.read(_MOST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused("notify.secrets_unreadable", path=path, message=error.strerror) from None
