"""Tell which files are taken: by ending and first bytes, not by what a client says."""

import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from django.conf import settings

LONGEST_NAME = 150
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
PLAIN = "text/plain; charset=utf-8"


class FileRefused(Exception):
    """Carry a sentence for a person, and its code."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class FileType:
    content_type: str
    begins: bytes = b""
    """Its first bytes; none for text, which holds no NUL."""


# Nothing that a browser would run, such as HTML and SVG.
FILE_TYPES = {
    "pdf": FileType("application/pdf", b"%PDF-"),
    "docx": FileType(f"{OFFICE}.wordprocessingml.document", ZIP),
    "xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", ZIP),
    "pptx": FileType(f"{OFFICE}.presentationml.presentation", ZIP),
    "odt": FileType(f"{OPEN}.text", ZIP),
    "ods": FileType(f"{OPEN}.spreadsheet", ZIP),
    "odp": FileType(f"{OPEN}.presentation", ZIP),
    "doc": FileType("application/msword", OLE),
    "xls": FileType("application/vnd.ms-excel", OLE),
    "ppt": FileType("application/vnd.ms-powerpoint", OLE),
    "msg": FileType("application/vnd.ms-outlook", OLE),
    "zip": FileType("application/zip", ZIP),
    "png": FileType("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "txt": FileType(PLAIN),
    "csv": FileType(PLAIN),
    "md": FileType(PLAIN),
}


def clean_name(name: str) -> str:
    """Return the last part of a path, without signs that hide or turn round what it says."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem, dot, ending = " ".join(shown.split()).strip(". ").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip()}{dot}{ending[:LONGEST_NAME]}" or "file"


def type_of(name: str, file: IO[bytes]) -> FileType:
    """Return the type that a clean name and the file's first bytes have. Raises: FileRefused."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in settings.ATTACHMENT_TYPES:
        possible = ", ".join(settings.ATTACHMENT_TYPES)
        raise FileRefused("file_type", f"Attach a file of one of these types: {possible}.")
    found = FILE_TYPES[ending]
    file.seek(0)
    head = file.read(4096)
    if not head.startswith(found.begins) or (not found.begins and b"\0" in head):
        raise FileRefused(
            "file_content",
            f"This file is not a valid .{ending} file. Save it again in that format.",
        )
    return found
