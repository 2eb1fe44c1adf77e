"""Any text that can be typed can be printed: long, of any script, with any kind of blank."""

import io
import unicodedata
from itertools import chain, cycle, repeat

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessments.record.fonts import REPLACEMENT, printable
from assessments.record.pdf import pdf_of
from assessments.tests.filled_record import record_of

# Scripts from each of the fonts, what joins, what is blank, and all the rest.
TYPED = st.one_of(
    st.sampled_from(
        "aé\u0301Ωж\t\r\n\u00a0\u202f\u2009\u200b\u200d\ufe0f €{nb}مرحشن"
        "האहिक्षบ한中報ー🚄👍🏽𠮷ꙮ\x07\ue000"
    ),
    st.characters(exclude_categories=["Cs"]),
)

NUMBER = "OPTY-1"


def pages_of(texts):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(record_of(texts)))).pages]


def text_of(texts):
    return " ".join("\n".join(pages_of(texts)).replace("\0", "").split())


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.text(TYPED, max_size=40), min_size=1, max_size=5))
def test_whatever_is_typed_is_printed_in_every_field(texts):
    shown = unicodedata.normalize("NFKC", text_of(cycle(texts)))
    typed = unicodedata.normalize("NFKC", "".join(map(printable, texts)))
    letters = {char for char in typed if unicodedata.category(char)[0] in "LN"}
    assert letters - set(shown) == set()


@pytest.mark.shared_out
@pytest.mark.parametrize("long", ["Margin too thin. " * 90, "line\n" * 60], ids=["words", "lines"])
def test_a_long_text_runs_over_pages_in_every_field(long):
    assert len(pages_of(chain([NUMBER], repeat(long)))) > 20


@pytest.mark.shared_out
@pytest.mark.parametrize(
    "longest",
    [
        "Margin too thin. " * 588,
        "x" * 10_000,
        "a\n\n" * 1_000,
        "中文报告" * 500,
        "كلمة عربية " * 90,
    ],
    ids=["words", "one word", "empty lines", "chinese", "arabic"],
)
def test_the_longest_text_runs_over_pages(longest):
    texts = cycle([NUMBER, *["Short."] * 12, longest])
    assert len(pages_of(texts)) > 2


def test_a_long_cell_is_printed_whole_and_in_order():
    words = [f"word{number:04}" for number in range(1_100)]
    long = " ".join(words)
    shown = text_of(chain([NUMBER, *["Short."] * 12, long], repeat("Short."))).split()
    first = shown.index(words[0])
    wanted = [word for word in shown[first : first + 3_000] if word.startswith("word")]
    assert wanted[: len(words)] == words


def test_every_kind_of_blank_is_a_blank():
    blanks = ["\u00a0", "\u202f", "\u2009", "\u3000", "\t", "\u2003"]
    shown = text_of(cycle(f"{n}0{blank}000{blank}€" for n, blank in enumerate(blanks, 1)))
    assert [n for n in range(1, 7) if f"{n}0 000 €" not in shown] == []


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\u2028", "\x85"])
def test_every_kind_of_line_break_breaks_the_line(end):
    assert printable(f"one{end}two") == "one\ntwo"


def test_every_script_can_be_read_and_copied():
    latin = "Übernahme"
    others = [
        "Ανανέωση",
        "Планировщика",
        "報告書",
        "中文测试",
        "한국어",
        "हिन्दी",
        "🚄",
        "ไทย",
        "עברית",
    ]
    shown = text_of(cycle([latin, *others]))
    assert set("".join([latin, *others])) - set(shown) == set()
    assert REPLACEMENT not in shown


def test_arabic_is_drawn_from_right_to_left_in_joined_letters():
    shown = unicodedata.normalize("NFKC", text_of(repeat("قيمة العقد")))
    assert set("قيمةالعقد") - set(shown) == set()
    assert printable("قيمة") == "قيمة"


def test_what_no_font_has_is_marked_and_does_not_vanish():
    chars = ["\ue000", "\x07", "\U000e1234", "\u13a0"]
    shown = text_of(cycle(f"{n}{char}b" for n, char in enumerate(chars)))
    assert [n for n in range(4) if f"{n}{REPLACEMENT}b" not in shown] == []


def test_what_is_typed_is_not_taken_for_a_code_of_the_printer():
    assert "{nb} **bold** --- [a](b)" in text_of(repeat("{nb} **bold** --- [a](b)"))
