"""``python -m tkt`` and the ``tkt`` console script."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command and end the process with its exit code."""
    import gc

    # A command lives for milliseconds: looking for cycles while modules load, and taking everything
    # apart in good order at the end, would be a fifth of that.
    gc.set_threshold(100_000, 20, 20)
    from tkt.cli.main import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
