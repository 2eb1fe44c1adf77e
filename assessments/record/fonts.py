"""Find the font that draws a character in the PDF, and make every text drawable.

The fonts come with packages of PyPI; a PDF holds only the characters that it needs of them.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import manimgx_fonts
import noto_cjk_sans_jp_regular
from fontTools.ttLib import TTFont

OURS = Path(__file__).parent / "font_files"
PLAIN, BOLD = OURS / "Inter-Regular.ttf", OURS / "Inter-SemiBold.ttf"
NOTO = Path(manimgx_fonts.__file__).parent
CJK = Path(noto_cjk_sans_jp_regular.__file__).parent
FONTS = (
    PLAIN,
    NOTO / "NotoSans[wght].ttf",
    *sorted(NOTO.glob("NotoSans[A-Z]*.ttf")),
    NOTO / "NotoEmoji[wght].ttf",
    *sorted(CJK.glob("*.otf")),
)
REPLACEMENT = "\ufffd"
JOINERS = "\u200c\u200d"
"""They change how their neighbours are drawn, and are drawn themselves by no font."""
LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode calls ignorable where a font does not know it, apart from the joiners."""
MOST_REMEMBERED = 10_000


def printable(text: str) -> str:
    """Return the text as it can be drawn: blanks stay blanks, what no font has is marked."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(map(_drawable, INVISIBLE.sub("", LINE_BREAK.sub("\n", composed))))


def fonts_for(text: str) -> list[Path]:
    """Return the fonts, besides our own, that a printable text needs."""
    needed = {font_of(char) for char in set(text)}
    return [path for path in FONTS[1:] if path in needed]


@lru_cache(MOST_REMEMBERED)
def font_of(char: str) -> Path | None:
    return next((path for path in FONTS if ord(char) in _characters_of(path)), None)


def _drawable(char: str) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    # Our own font has pictures in places that Unicode leaves to everybody.
    is_a_character = unicodedata.category(char) not in ("Cc", "Cn", "Co", "Cs")
    return char if is_a_character and font_of(char) else REPLACEMENT


@cache
def _characters_of(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
