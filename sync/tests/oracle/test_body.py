"""An answer's bytes as JSON: whatever is wrong in one value leaves the other records alone."""

import json
import time
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.oracle.transport.body import json_of
from sync.oracle.transport.retry import Transient
from sync.oracle.transport.salvage import BrokenRecord, Unreadable

BAD = 2
COUNT = 5
plenty = settings(max_examples=400, deadline=None, derandomize=True, database=None)


def answer(value: bytes, name: bytes = b'"Name"') -> bytes:
    """A page of five records, the third with these bytes as its value."""
    records = [
        b'{"OptyId":%d,"Name":"a } ], \\"b\\", 12.50","Revenue":1.50}' % n for n in range(COUNT)
    ]
    records[BAD] = b'{"OptyId":%d,%s:%s,"Revenue":1.50}' % (BAD, name, value)
    return b'{"items":[' + b", ".join(records) + b'],"count":%d,"hasMore":false}' % COUNT


def others(page: Any) -> list[Any]:
    return [item for n, item in enumerate(page["items"]) if n != BAD]


SOUND = others(json.loads(answer(b"null"), parse_float=Decimal))


@pytest.mark.parametrize(
    "value",
    [
        *(b'"\xff"', b'"Caf\xe9"', b'"\xed\xa0\xbd"', b'"half \xf0\x9f"', rb'"\ud83d"'),
        *(b'"a\x01b"', b'"a\x00b"', b'"line\nline"', rb'"\x"', rb'"C:\"'),
        *(b'"12" monitor"', b'"say "hi", ok"', b'"a"b"', b'"""', b'"},{"', b'"}],"'),
        *(b"9" * 5_000, b"1e" + b"9" * 5_000, b"NaN", b"-Infinity", b"01", b"+5", b".5", b"1_000"),
        *(b"undefined", b"None", b"'text'", b""),
        *(b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
        *(b'["\x01", {"a": "\x01"}]', b"{1: 2}", b"[1 2]"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_is_wrong_in_one_value_leaves_the_others_alone(value: bytes) -> None:
    page = json_of(answer(value))
    assert others(page) == SOUND
    assert page["items"][BAD]["OptyId"] == BAD
    assert (page["count"], page["hasMore"]) == (COUNT, False)


@pytest.mark.parametrize("place", [b'{"OptyId":2,"Name":%s}', b'{"Name":%s,"OptyId":2}'])
@pytest.mark.parametrize("value", [b'"\x01"', rb'"C:\"', b'"12" x"', b"9" * 5_000, b'"\xff"'])
@pytest.mark.parametrize("is_last", [True, False])
def test_it_may_stand_anywhere_in_its_record_and_in_its_page(
    place: bytes, value: bytes, is_last: bool
) -> None:
    pair = [b'{"OptyId":1,"Name":"a"}', place % value]
    records = b",".join(pair if is_last else reversed(pair))
    page = json_of(b'{"items":[' + records + b'],"count":2,"hasMore":true}')
    assert {"OptyId": 1, "Name": "a"} in page["items"]
    # A backslash at the end of a text takes the next attribute with it.
    is_without_id = value == rb'"C:\"' and place.startswith(b'{"Name"')
    assert {item.get("OptyId") for item in page["items"]} == {1, None if is_without_id else 2}
    assert page["hasMore"] is True


@plenty
@given(st.binary(max_size=30).filter(lambda value: not set(value) & set(b'"\\')))
def test_whatever_bytes_a_text_has_the_others_come_through(value: bytes) -> None:
    page = json_of(answer(b'"' + value + b'"'))
    assert others(page) == SOUND
    assert page["items"][BAD]["OptyId"] == BAD


@plenty
@given(st.text('"\\{}[],: \x01ab', max_size=12))
def test_what_looks_like_the_page_itself_never_passes_for_other_records(value: str) -> None:
    try:
        page = json_of(answer(f'"{value}"'.encode()))
    except Transient:
        return
    items = page.get("items")
    # Another number than is counted: the page is refused as a whole.
    assert others(page) == SOUND if page.get("count") == len(items) else items != SOUND


@pytest.mark.parametrize("name", [b'"Na\xffme"', b'"Na\x01me"', rb'"Na\ud800me"', b"Name", b""])
def test_a_broken_name_of_an_attribute_breaks_its_record(name: bytes) -> None:
    page = json_of(answer(b'"a"', name))
    assert others(page) == SOUND
    assert isinstance(page["items"][BAD], BrokenRecord)


def test_a_single_record_is_taken_apart_as_well() -> None:
    record = json_of(b'{"OptyId":1,"Name":"a\x01b"}')
    assert record["OptyId"] == 1
    assert isinstance(record["Name"], Unreadable)


@pytest.mark.parametrize("more", ["", ',"Revenue":NaN', ',"Geo_c":"\x01"'])
def test_the_last_of_two_values_of_one_name_counts(more: str) -> None:
    assert json_of(f'{{"Name":"a","Name":"b"{more}}}'.encode())["Name"] == "b"


# --- charsets -----------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_utf_is_read_whatever_the_answer_says(charset: str) -> None:
    for told in ("", "utf-8", "iso-8859-1", "nonsense", "base64"):
        assert json_of('{"Name":"Café 🚀"}'.encode(charset), told) == {"Name": "Café 🚀"}


def test_another_charset_is_read_where_the_answer_names_it() -> None:
    body = '{"Name":"Café","Revenue":1.50}'.encode("iso-8859-1")
    assert json_of(body, "ISO-8859-1") == {"Name": "Café", "Revenue": Decimal("1.50")}
    assert json_of(body) == {"Name": "Caf\udce9", "Revenue": Decimal("1.50")}


def test_a_charset_that_is_named_wrongly_makes_no_other_letters() -> None:
    assert json_of('{"Name":"Café","x":NaN}'.encode(), "iso-8859-1")["Name"] == "Café"


# --- no JSON at all -----------------------------------------------------------------------------


@plenty
@given(st.integers(1, 300), st.sampled_from([b'"a"', b'"a\x01"', b'"\xff"', b'"C:\\"', b"9" * 99]))
def test_a_body_that_was_cut_is_known_as_cut(missing: int, value: bytes) -> None:
    with pytest.raises(Transient, match="its answer was cut"):
        json_of(answer(value)[:-missing])


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_body_is_known_as_empty(body: bytes) -> None:
    with pytest.raises(Transient, match="its answer was empty"):
        json_of(body)


@pytest.mark.parametrize("body", [b"Moved.", b"\xff\xff\xfd", b"{} {}", b"[]]", b'{"a":1};', b"OK"])
def test_a_whole_body_that_is_no_json_is_known_as_such(body: bytes) -> None:
    with pytest.raises(Transient, match="complete but no JSON"):
        json_of(body)


@pytest.mark.parametrize(
    "body",
    [
        *(b'{"a":"' + b"x" * 500_000, b'{"a":' + b"1" * 500_000, b'{"a":"' + b'"' * 500_000),
        *(b'{"a":"' + b"} " * 500_000 + b'\x01"}', b'{"a":"' + b"}" + b" " * 500_000 + b'\x01"}'),
    ],
    ids=lambda body: repr(body[:12]),
)
def test_the_time_a_body_takes_grows_with_its_length_only(body: bytes) -> None:
    began = time.process_time()
    with suppress(Transient):
        json_of(body)
    assert time.process_time() - began < 5
