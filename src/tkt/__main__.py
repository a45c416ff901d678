"""``python -m tkt`` and the ``tkt`` console script."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and end the process with its exit code."""
    from tkt.cli.main import run  # noqa: PLC0415  so that importing this module costs nothing

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
