"""Turn the tenant's own names into the attributes that a reading would like to have. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sync.oracle.errors import OracleConfigError
from sync.oracle.fields.attributes import ESSENTIAL_COLUMNS, Attribute
from sync.oracle.names import ATTRIBUTES_SETTING, ID_ATTRIBUTE

EXAMPLE = "PartyName1=OwnerName_c,WinProb="
RENAME = re.compile(r"\s*(\w+)\s*=\s*(\w*)\s*")


def read_renames(text: str) -> dict[str, str]:
    """Return usual name -> the tenant's own, or "" for an attribute that is not to be read.

    Raises: OracleConfigError.
    """
    parts = [RENAME.fullmatch(part) for part in text.split(",") if part.strip()]
    renamed = {part[1]: part[2] for part in parts if part}
    if None in parts or len(renamed) < len(parts):
        raise OracleConfigError(
            f"{ATTRIBUTES_SETTING} is {text!r}: write each attribute once, as in {EXAMPLE}."
        )
    return renamed


def wanted_attributes(
    column_of: Mapping[str, str],
    short_forms: Mapping[str, tuple[str, str]],
    renamed: Mapping[str, str],
) -> list[Attribute]:
    """Return what to ask for, in the order of `column_of`; blank names are left out.

    Args:
        column_of: usual name -> column.
        short_forms: usual name -> the tenant's own and the setting that says so; `renamed`
            counts before them.

    Raises: OracleConfigError.
    """
    _refuse_unknown(renamed, column_of)
    wanted = list(_named_by_tenant(column_of, short_forms, renamed))
    filled = {each.column for each in wanted}
    for usual in renamed:
        if column_of[usual] in ESSENTIAL_COLUMNS - filled:
            raise OracleConfigError(
                f"{ATTRIBUTES_SETTING} leaves {usual} blank, and no record can be imported "
                f"without it: write the tenant's own name ({usual}=...)."
            )
    return _each_once(wanted)


def _named_by_tenant(
    column_of: Mapping[str, str],
    short_forms: Mapping[str, tuple[str, str]],
    renamed: Mapping[str, str],
) -> Iterator[Attribute]:
    for usual, column in column_of.items():
        name, setting = short_forms.get(usual, (usual, ATTRIBUTES_SETTING))
        if usual in renamed:
            name, setting = renamed[usual], ATTRIBUTES_SETTING
        if name:
            yield Attribute(name, column, setting, is_named=usual in renamed or name != usual)


def _refuse_unknown(renamed: Mapping[str, str], column_of: Mapping[str, str]) -> None:
    if ID_ATTRIBUTE in renamed:
        raise OracleConfigError(
            f"{ATTRIBUTES_SETTING} cannot rename {ID_ATTRIBUTE}: every tenant has it."
        )
    for name in renamed.keys() - column_of.keys():
        raise OracleConfigError(
            f"{ATTRIBUTES_SETTING} names {name}, which nothing is read from; on the left there "
            f"can be {', '.join(column_of)}."
        )


def _each_once(wanted: Iterable[Attribute]) -> list[Attribute]:
    known: dict[str, Attribute] = {}
    for each in wanted:
        first = known.setdefault(each.name, each)
        if first.column != each.column:
            settings = " or ".join(sorted({first.setting, each.setting}))
            raise OracleConfigError(
                f"{each.name} cannot be both the {first.column} and the {each.column} of an "
                f"opportunity: change {settings}."
            )
    return list(known.values())
