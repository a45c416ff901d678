"""Files of records: encodings, long lines, dialects, and rows that cannot be read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tkt.errors import BadData, Unavailable
from tkt.storage import tables
from tkt.storage.delimited import Delimited
from tkt.storage.jsonlines import JsonLines

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "标题,内容\r\n杯子碎了,要求退款\r\n"


def csv_of(path: Path, raw: bytes) -> list[tuple[int, object]]:
    path.write_bytes(raw)
    with tables.opened(str(path), None, name="a.csv") as source:
        file = Delimited(source)
        return [(r.line, r.data or (r.fault and r.fault.key)) for r in file.records(file.start)]


def json_of(path: Path, raw: bytes) -> list[tuple[int, object]]:
    path.write_bytes(raw)
    with tables.opened(str(path), None, name="a.jsonl") as source:
        file = JsonLines(source)
        return [(r.line, r.data or (r.fault and r.fault.key)) for r in file.records(file.start)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    expected = [(2, {"标题": "杯子碎了", "内容": "要求退款"})]
    assert csv_of(tmp_path / "a", ROWS.encode(encoding)) == expected


def test_a_pipe_is_read_like_a_file() -> None:
    with tables.opened(None, io.BytesIO(ROWS.encode("gb18030")), name="-") as source:
        file = Delimited(source)
        assert [record.data for record in file.records(file.start)] == [
            {"标题": "杯子碎了", "内容": "要求退款"}
        ]


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"file\.unreadable"):
        tables.opened(str(tmp_path / "no"), None, name="no").__enter__()


def test_one_line_that_is_no_text_spoils_no_other(tmp_path: Path) -> None:
    raw = '{"title":"一"}\n'.encode() + b'{"title":"\xff\xff"}\n' + '{"title":"三"}'.encode()
    assert json_of(tmp_path / "a", raw) == [
        (1, {"title": "一"}), (2, "import.not_text"), (3, {"title": "三"})
    ]  # fmt: skip


def test_a_line_over_the_limit_is_named_and_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LINE_LIMIT", 100)
    raw = b'{"a":"' + b"x" * 5000 + b'"}\n{"b":1}\n'
    assert json_of(tmp_path / "a", raw) == [(1, "import.too_long"), (2, {"b": 1})]


def test_a_reader_goes_on_from_any_record(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b'a\n"1\n2"\n3\n4\n')
    with tables.opened(str(tmp_path / "a"), None, name="a") as source:
        file = Delimited(source)
        first = next(file.records(file.start))
        again = [(record.line, record.data) for record in file.records(first.end)]
    assert first.data == {"a": "1\n2"}
    assert again == [(4, {"a": "3"}), (5, {"a": "4"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    raw = f'"a,;\tb"{delimiter}c{delimiter}d\n1{delimiter}2{delimiter}"x,y;z"\n'
    assert csv_of(tmp_path / "a", raw.encode()) == [(2, {"a,;\tb": "1", "c": "2", "d": "x,y;z"})]


def test_a_spreadsheet_may_announce_its_delimiter(tmp_path: Path) -> None:
    assert csv_of(tmp_path / "a", b"sep=;\na,b;c\n1;2\n") == [(3, {"a,b": "1", "c": "2"})]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b"1", "import.ragged"),
        (b"1,2,3", "import.ragged"),
        (b"1,\0", "import.nul"),
        (b'1,"open', "import.unclosed"),
        (b'1,"a"b', "import.bad_row"),
        (b"1,\xff", "import.not_text"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, row: bytes, fault: str
) -> None:
    raw = b"a,b\n" + row + b"\n3,\xe5\x9b\x9b\n\n5,6\n"
    assert csv_of(tmp_path / "a", raw) == [
        (2, fault), (3, {"a": "3", "b": "四"}), (5, {"a": "5", "b": "6"})
    ]  # fmt: skip


def test_cells_of_several_lines_and_empty_rows_count_as_lines(tmp_path: Path) -> None:
    raw = b'a,b\n"1\n\n2",x\n,\n3,""\n'
    assert csv_of(tmp_path / "a", raw) == [(2, {"a": "1\n\n2", "b": "x"}), (6, {"a": "3"})]


@pytest.mark.parametrize(
    ("raw", "key"), [(b"", "no_header"), (b"\n\n", "no_header"), (b"a,b,a\n", "column_twice")]
)
def test_a_header_that_names_nothing_or_one_thing_twice_is_refused(
    tmp_path: Path, raw: bytes, key: str
) -> None:
    with pytest.raises(BadData, match=rf"import\.{key}"):
        csv_of(tmp_path / "a", raw)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("[" * 100_000, "too_deep"),
        ('{"a":NaN}', "not_number"),
        ('{"a":-Infinity}', "not_number"),
        ('{"a":' + "9" * 5000 + "}", "not_number"),
        ('{"a":1,"a":2}', "key_twice"),
        ('{"a":"\\ud83d"}', "half_character"),
        ("[1]", "not_object"),
        ("{'a':1}", "not_json"),
    ],
)
def test_what_is_no_plain_object_is_named(tmp_path: Path, line: str, key: str) -> None:
    assert json_of(tmp_path / "a", f'{line}\n{{"b":1}}'.encode()) == [
        (1, f"import.{key}"), (2, {"b": 1})
    ]  # fmt: skip


def test_what_tkt_prints_for_people_is_read_too(tmp_path: Path) -> None:
    raw = b'[\n{"a": 1},\n{"a": 2}\n]\n{\n  "a": 3,\n  "b": {}\n}\n{"a":4}\n'
    found = json_of(tmp_path / "a", raw)
    assert found == [(2, {"a": 1}), (3, {"a": 2}), (5, {"a": 3, "b": {}}), (9, {"a": 4})]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")

    def chunks() -> object:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.write_whole(str(path), chunks(), encoding="utf-8")  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert path.read_text() == "old"
    with pytest.raises(Unavailable, match=r"file\.unwritable"):
        tables.write_whole(str(tmp_path / "no" / "out"), ["x"], encoding="utf-8")
