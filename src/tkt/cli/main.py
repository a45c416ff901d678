"""The one place that turns what went wrong into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tkt import texts
from tkt.cli.env import Env
from tkt.cli.tree import root
from tkt.errors import TktError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tkt.cli.out import Streams

BUG = 70
INTERRUPTED = 130


def run(args: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Run ``tkt args`` on this process's streams; the exit code."""
    environ = os.environ if environ is None else environ
    if "_TKT_COMPLETE" in environ:
        from tkt.cli.completing import complete

        return complete(environ)
    return run_in(Env.of_process(environ), args)


def run_in(env: Env, args: Sequence[str]) -> int:
    """Run ``tkt args`` in a given environment; the exit code."""
    texts.use(env.language)
    out = env.out
    options = args[: args.index("--")] if "--" in args else args
    out.wants_json = any(arg in ("--json", "--jsonl") for arg in options)
    try:
        with root.make_context("tkt", list(args), obj=env) as context:
            code = root.invoke(context)
        out.flush()
        for warning in env.warnings:
            out.warn(warning)
        return code if isinstance(code, int) else env.exit_code
    except click.exceptions.Exit as end:
        out.flush()
        return end.exit_code
    except TktError as error:
        out.error(error)
        return error.exit_code
    except click.UsageError as error:
        out.usage(error)
        return 2
    except click.ClickException as error:
        out.usage(error)
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        out.say("cli.interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain of it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # Our own output could not be written; whatever was to be recorded is recorded.
        out.error(Unavailable("cli.no_output", message=error.strerror or str(error)))
        return Unavailable.exit_code
    except Exception as error:
        return _bug(out, error, args)


def _bug(out: Streams, error: BaseException, args: Sequence[str]) -> int:
    """One line for the person, everything else in a crash file."""
    from tkt.cli.crash import write_report

    out.bug(type(error).__name__, write_report(error, args))
    return BUG
