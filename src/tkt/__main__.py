"""``python -m tkt`` and the ``tkt`` console script."""

from __future__ import annotations

import os
import sys

UNAVAILABLE = 5
"""The exit code where an answer could not be written."""


def main() -> None:
    """Run one command and end the process with its exit code."""
    import gc

    # A command lives for milliseconds: looking for cycles while modules load, and taking everything
    # apart in good order at the end, would be a fifth of that.
    gc.set_threshold(100_000, 20, 20)
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # Closed by whoever started us: no file of ours may get the number of a stream.
            os.open(os.devnull, os.O_RDWR)
    from tkt.cli.main import run

    code = run(sys.argv[1:])
    for stream, lost in ((sys.stdout, UNAVAILABLE), (sys.stderr, 0)):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = code or lost
    os._exit(code)


if __name__ == "__main__":
    main()
