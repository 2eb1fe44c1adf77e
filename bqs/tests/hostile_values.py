"""What no form of a browser sends, but a script, a scanner or a broken client does."""

# As they stand in an address, percent-encoded.
CHARACTERS = {
    "a NUL": "a%00b",
    "half a character": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
}
TIMES = {
    "the first day": "0001-01-01",
    "the first moment, east": "0001-01-01T00:00:00%2B14:00",
    "the last moment, west": "9999-12-31T23:59:59-12:00",
    "the last day": "9999-12-31",
    "a leap second": "2026-06-30T23:59:60Z",
    "no such day": "2026-02-30",
    "a first month": "0001-01",
    "a last month": "9999-12",
}
NUMBERS = {
    "beyond 64 bits": "99999999999999999999",
    "below 64 bits": "-9223372036854775809",
    "beyond a double": "1e999",
    "no number": "NaN",
    "too many digits": "9" * 4400,
    "a digit that is none": "%C2%B2",
}
WORDS = {
    "nothing": "",
    "a long word": "x" * 5000,
    "marks of a program": "%25%27%22%5C%3B--%7B%7D",
    "a list": "[]",
}
IN_AN_ADDRESS = CHARACTERS | TIMES | NUMBERS | WORDS
# What passes the door of all pages, and only a filter or the database can refuse.
PAST_THE_DOOR = {
    told: IN_AN_ADDRESS[told]
    for told in (
        *("a last month", "a leap second", "beyond 64 bits", "beyond a double"),
        *("a digit that is none", "a list", "nothing"),
    )
}
ALONE = ("a last month", "beyond 64 bits", "a digit that is none")
AS_A_PATH = {
    told: IN_AN_ADDRESS[told] for told in ("a NUL", "broken UTF-8", "beyond 64 bits", "a long word")
}

# As they stand in a body.
DEEP = "[" * 900 + "]" * 900
IN_JSON = {
    "a NUL": '"a\\u0000b"',
    "half a character": '"\\ud800"',
    "a NUL in a name": '{"a\\u0000": 1}',
    "the first day": '"0001-01-01"',
    "the first moment, east": '"0001-01-01T00:00:00+14:00"',
    "the last moment, west": '"9999-12-31T23:59:59-12:00"',
    "the last day": '"9999-12-31"',
    "a leap second": '"2026-06-30T23:59:60Z"',
    "beyond 64 bits": "99999999999999999999",
    "a text beyond 64 bits": '"99999999999999999999"',
    "beyond 32 bits": "9999999999",
    "below zero": "-1",
    "beyond a double": "1e999",
    "no number": "NaN",
    "a fraction": "0.1",
    "nothing": "null",
    "an empty text": '""',
    "true": "true",
    "a list": "[]",
    "a list of lists": "[[[]]]",
    "a list of nothing": "[null]",
    "an object": "{}",
    "a long word": '"' + "x" * 20_000 + '"',
    "depth": DEEP,
}
ALONE_IN_JSON = ("nothing", "the last day", "beyond 32 bits", "a list of nothing", "a long word")
WHOLE_BODIES = {
    "100,000 brackets": b"[" * 100_000,
    "100,000 closed brackets": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "too many digits": b"9" * 4400,
    "broken UTF-8": b'{"\xff": "\xfe"}',
    "another encoding": '{"reason": "x"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "nothing": b"",
    "a NUL": b"\0",
    "a text": b'"text"',
    "a number": b"1e999",
    "null": b"null",
    "a list of numbers": b"[" + b"1," * 10_000 + b"1]",
    "many names": b"{" + b",".join(b'"n%d": 1' % n for n in range(200)) + b"}",
}
HEADERS = {
    "an id with a NUL": {"HTTP_X_REQUEST_ID": "a\0b"},
    "a language with a NUL": {"HTTP_ACCEPT_LANGUAGE": "de\0,\udc80"},
    "a language of 10,000": {"HTTP_ACCEPT_LANGUAGE": ",".join(["de;q=0.1"] * 10_000)},
    "an ETag with a NUL": {"HTTP_IF_NONE_MATCH": '"\0"'},
    "an ETag that is none": {"HTTP_IF_NONE_MATCH": "W/" * 1000},
    "a date of no year": {"HTTP_IF_MODIFIED_SINCE": "Sun, 06 Nov 99999 08:49:37 GMT"},
    "a range beyond 64 bits": {"HTTP_RANGE": "bytes=99999999999999999999-"},
    "a range of nothing": {"HTTP_RANGE": "bytes=-,"},
    "a client with a NUL": {"HTTP_USER_AGENT": "a\0b"},
    "a token with a NUL": {"HTTP_AUTHORIZATION": "Token a\0b"},
    "a token of latin letters": {"HTTP_AUTHORIZATION": "Token \xe9\xff"},
    "a codec that is no charset": {"CONTENT_TYPE": "application/json; charset=hex"},
    "a charset nobody sends": {"CONTENT_TYPE": "application/json; charset=utf-7"},
    "a length that is no number": {"CONTENT_LENGTH": "\xb2"},
    "an address with a NUL": {"HTTP_X_FORWARDED_FOR": "1.2.3.4\0"},
    "a session with a NUL": {"HTTP_COOKIE": "sessionid=a\0b"},
    "a session with a NUL in quotes": {"HTTP_COOKIE": 'sessionid="a\\000b"'},
    "messages of nobody": {"HTTP_COOKIE": 'messages="[[\\"x\\"'},
    "a CSRF cookie with a NUL": {"HTTP_COOKIE": 'csrftoken="\\000"'},
}
