"""HTML: one page that needs nothing else, for a browser, a printer or an e-mail's attachment.

It holds its style and its drawings, no script, and no address of anything outside; a browser is
told to fetch nothing. Whatever a person wrote is escaped, so it shows as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tkt.domain.plaintext import safe
from tkt.domain.table import Phrase, Strip
from tkt.render.formats.human import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tkt.domain.table import Card, Section, Table
    from tkt.render.formats import Look

_RIGHT = frozenset({"number", "duration"})
_LONG = frozenset({"text", "list"})
_FEW = 3
_WHOLE = 1000
"""Units that a bar is wide."""
_COLOURS = {
    "state:new": "#e0a458",
    "state:open": "#3b7dd8",
    "state:pending": "#b9c3cf",
    "state:resolved": "#58a77a",
    "state:closed": "#8e99a5",
}
_OTHER_COLOURS = ("#8f6bb3", "#c46b8b", "#5aa6a6", "#a08a5b")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_STYLE = """\
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem 3rem;color:#1c2733;background:#fff;
font:15px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB",
"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 1rem;overflow-wrap:anywhere}
section.narrow{display:inline-block;vertical-align:top;min-width:14rem;margin-right:2rem;
break-inside:avoid}
h2{font-size:1.05rem;margin:2rem 0 .6rem;padding-bottom:.25rem;border-bottom:2px solid #e4e9ef;
break-after:avoid}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(24rem,1fr));gap:.1rem 2.5rem;margin:0}
dl div{display:flex;gap:.75rem;padding:.25rem 0;border-bottom:1px solid #eef1f5;break-inside:avoid}
dt{flex:0 0 8.5rem;color:#66758a}
dd{margin:0;min-width:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;min-width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.35rem 1.4rem .35rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid #e9edf2}
th{font-weight:600;color:#66758a;white-space:nowrap}
td{white-space:pre-wrap;overflow-wrap:anywhere}
td.short{white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
.number{text-align:right;white-space:nowrap}
tr{break-inside:avoid}
thead{display:table-header-group}
p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
svg{display:block;width:100%;height:1.6rem;border-radius:.3rem}
ul.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:.5rem 0 0;padding:0}
ul.legend svg{display:inline-block;width:.8rem;height:.8rem;margin-right:.45rem;
border-radius:.15rem}
.late,.priority-urgent{color:#b3261e;font-weight:600}
.priority-high{color:#b3261e}
.waiting,.mark{color:#8a5a00}
.quiet,.gone,footer,.note{color:#66758a}
.gone{text-decoration:line-through}
footer{margin-top:2.5rem;font-size:.85rem}
@page{size:A4;margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:9.5pt}
th,td{padding:.2rem .8rem .2rem 0}
dl{grid-template-columns:1fr 1fr}
h2{margin-top:1.4rem}
section.narrow{min-width:0;margin-right:1.3rem}
section.narrow th,section.narrow td{padding-right:.8rem}
svg,ul.legend svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def table(table: Table, look: Look) -> Iterator[str]:
    """A page with one table."""
    yield from _page(table.title or "", _table(table, look), look)


def card(card: Card, look: Look) -> Iterator[str]:
    """A page: heading, list of fields, a second-level heading for every section."""
    yield from _page(card.title, _card(card, look), look)


def _page(title: str, body: Iterable[str], look: Look) -> Iterator[str]:
    language = f' lang="{_text(look.language)}"' if look.language else ""
    yield f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_text(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{_text(title)}</h1>\n"
    yield from body
    if look.now is not None:
        now = look.now.astimezone(look.tz) if look.tz else look.now
        yield f"<footer>{now:%Y-%m-%d %H:%M}</footer>\n"
    yield "</body>\n</html>\n"


def _card(card: Card, look: Look) -> Iterator[str]:
    if card.fields:
        yield "<dl>\n"
        for key, value in card.fields.items():
            label, told = _text(look.label(key)), _value(value, look)
            yield f"<div><dt>{label}</dt><dd>{told or '–'}</dd></div>\n"
        yield "</dl>\n"
    yield "<main>\n"
    for section in card.body:
        narrow = ' class="narrow"' if _is_narrow(section) else ""
        yield f"<section{narrow}>\n"
        if section.heading:
            yield f"<h2>{_text(section.heading)}</h2>\n"
        yield from _content(section, look)
        yield "</section>\n"
    yield "</main>\n"


def _is_narrow(section: Section) -> bool:
    """Whether another such section may stand beside it: a table of a few short columns."""
    content = section.content
    if isinstance(content, str | Strip) or len(content.columns) > _FEW:
        return False
    return not any(column.kind in _LONG for column in content.columns)


def _content(section: Section, look: Look) -> Iterator[str]:
    content = section.content
    if isinstance(content, Strip):
        yield from _strip(content)
    elif not isinstance(content, str):
        yield from _table(content, look)
    elif content:
        tone = "" if section.tone == "plain" else f' class="{section.tone}"'
        yield f"<p{tone}>{_text(content.strip())}</p>\n"


def _table(table: Table, look: Look) -> Iterator[str]:
    kinds = [
        "number" if c.kind in _RIGHT else "" if c.kind in _LONG else "short" for c in table.columns
    ]
    classes = [f' class="{kind}"' if kind else "" for kind in kinds]
    yield "<table>\n<thead><tr>"
    for column, named in zip(table.columns, classes, strict=True):
        yield f'<th scope="col"{named}>{_text(look.label(column.key))}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        cells = (_value(row.get(column.key), look) for column in table.columns)
        told = (f"<td{named}>{c}</td>" for c, named in zip(cells, classes, strict=True))
        yield f"<tr>{''.join(told)}</tr>\n"
    yield "</tbody>\n</table>\n"
    for note in table.notes:
        yield f'<p class="note">{_text(note)}</p>\n'


def _strip(strip: Strip) -> Iterator[str]:
    """A bar as a drawing whose pieces tell what they are, and a legend."""
    colours: dict[str, str] = {}
    cells = strip.cells(_WHOLE)
    yield f'<svg viewBox="0 0 {sum(cells)} 10" preserveAspectRatio="none" role="img">\n'
    at = 0
    for piece, taken in zip(strip.pieces, cells, strict=True):
        other = _OTHER_COLOURS[len(colours) % len(_OTHER_COLOURS)]
        colour = colours.setdefault(piece.label, _COLOURS.get(piece.meaning or "", other))
        yield f'<rect x="{at}" y="0" width="{taken}" height="10" fill="{colour}">'
        yield f"<title>{_text(piece.label)}</title></rect>\n"
        at += taken
    yield '</svg>\n<ul class="legend">\n'
    for label, colour in colours.items():
        box = f'<svg viewBox="0 0 1 1"><rect width="1" height="1" fill="{colour}"/></svg>'
        yield f"<li>{box}{_text(label)}</li>\n"
    yield "</ul>\n"


def _value(value: Any, look: Look) -> str:
    """A value as HTML: lines stay lines, and what stands out elsewhere stands out here."""
    if isinstance(value, Phrase):
        return "".join(
            f'<span class="{_class(part.meaning)}">{_text(part.text)}</span>'
            if part.meaning
            else _text(part.text)
            for part in value.parts
        )
    return _text(value if isinstance(value, str) else cell_text(value, look))


def _class(meaning: str) -> str:
    return _text(meaning.replace(":", "-"))


def _text(text: str) -> str:
    """``text`` as it is to be read, with nothing in it that HTML would act on."""
    plain = safe(text, newlines=True)
    return "".join(_ENTITIES.get(character, character) for character in plain)
