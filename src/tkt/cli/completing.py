"""Completion at the shell: ``eval "$(_TKT_COMPLETE=bash_source tkt)"``, and what Tab then asks."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ZshComplete,
    get_completion_class,
    split_arg_string,
)

from tkt import texts
from tkt.cli.env import Env
from tkt.cli.out import Streams
from tkt.cli.tree import root
from tkt.domain.plaintext import clip, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem

VARIABLE = "_TKT_COMPLETE"
_CELLS = 48
"""So much of a title or an explanation is shown beside a candidate."""

_BASH = r"""
%(complete_func)s() {
    local IFS=$'\n' response line value about several=
    response=$(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="$2" \
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
    COMPREPLY=()
    [[ $response == *$'\n'* && $COMP_TYPE != 37 && $COMP_TYPE != 42 ]] && several=1
    for line in $response; do
        case $line in
            file,*) compopt -o default; return 0 ;;
            dir,*) compopt -o dirnames; return 0 ;;
        esac
        value=${line#plain,}
        about=${value#*$'\t'}
        value=${value%%%%$'\t'*}
        [[ $value == *[=:] ]] && compopt -o nospace
        if [[ $several && $about != "$value" ]]; then
            COMPREPLY+=("$value  ($about)")
        else
            COMPREPLY+=("$value")
        fi
    done
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
"""Bash takes ``status=op`` for three words and shows no explanations: both are made up for here.

A candidate is told without the part of the word that stands before bash's own idea of the word, and
with its explanation when there are several to choose from.
"""

_ZSH = r"""#compdef %(prog_name)s

%(complete_func)s() {
    local -a response plain told open
    local kind value about
    (( ! $+commands[%(prog_name)s] )) && return 1
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \
        %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}")
    for kind value about in ${response}; do
        case $kind in
            file) _path_files -f ;;
            dir) _path_files -/ ;;
            plain)
                if [[ $value == *[=:] ]]; then open+=("${value//\\/}")
                elif [[ $about == _ ]]; then plain+=("$value")
                else told+=("$value:$about")
                fi ;;
        esac
    done
    (( $#open )) && compadd -U -V unsorted -S '' -a open
    (( $#told )) && _describe -V unsorted told -U
    (( $#plain )) && compadd -U -V unsorted -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
"""Click's, but that nothing is put behind ``field=``."""

_FISH = FishComplete.source_template.replace("string split ", "string split -m 1 ")
"""Click's, but that titles may have commas."""


class _Bash(BashComplete):
    source_template = _BASH

    @staticmethod
    def _check_version() -> None:
        """Whoever has an older bash is told by bash itself."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, and what of the next has been typed."""
        line = os.environ.get("COMP_LINE", "")
        words = split_arg_string(line)
        typed = "" if not words or _has_ended(line, words[-1]) else words.pop()
        self.lead = len(typed) - len(os.environ.get("COMP_WORD", typed))
        return words[1:], typed

    def format_completion(self, item: CompletionItem) -> str:
        """``type,value<Tab>explanation``."""
        about = f"\t{item.help}" if item.help else ""
        return f"{item.type},{str(item.value)[max(self.lead, 0) :]}{about}"


def _has_ended(line: str, last: str) -> bool:
    """Whether the cursor stands behind a blank that is no part of the last word."""
    return line[-1:].isspace() and not last[-1:].isspace()


class _Zsh(ZshComplete):
    source_template = _ZSH


class _Fish(FishComplete):
    source_template = _FISH


_SHELLS = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def complete(environ: Mapping[str, str]) -> int:
    """Answer the shell; whatever is wrong with a desk is no business of somebody pressing Tab."""
    shell, _, instruction = environ[VARIABLE].partition("_")
    kind = _SHELLS.get(shell) or get_completion_class(shell)
    if kind is None or instruction not in ("source", "complete"):
        return 1
    silence = io.StringIO()
    env = Env(environ, Streams(io.StringIO(), silence), io.StringIO(), os.getcwd())
    answering = kind(root, {"obj": env}, "tkt", VARIABLE)
    if instruction == "source":
        click.echo(answering.source())
        return 0
    try:
        with redirect_stderr(silence):
            texts.use(env.language)
            args, typed = answering.get_completion_args()
            items = answering.get_completions(args, typed)
            for item in items:
                item.help = _short(item.help)
            told = "\n".join(map(answering.format_completion, items))
    except Exception:
        # A bug here would spoil the line that somebody is typing; the command itself will tell.
        return 0
    click.echo(told)
    return 0


def _short(about: str | None) -> str | None:
    if not about:
        return None
    return clip(one_line(texts.say(about) if texts.has(about) else about), _CELLS)
