"""Fit the mapping to the tenant: leave out what it lacks, and say so."""

from collections.abc import Iterable

from sync.engine.sync_log import remark
from sync.models import SyncLog
from sync.oracle.fields.attributes import Attribute, stand_ins, unreadable_without
from sync.oracle.fields.mapping import FieldMapping
from sync.oracle.reading.client import OracleClient


def fit_to_tenant(client: OracleClient) -> list[str]:
    """Ask for what the tenant has or, where it does not describe itself, for everything.

    Return the tenant's own attributes that nothing takes over.
    """
    wanted = {each.name for each in client.attributes.wanted}
    known = client.known_attributes()
    # A description without what every record has describes something else.
    if known is None or client.attributes.indispensable_among(wanted - known):
        client.attributes.assume_absent(())
        return []
    client.attributes.assume_absent(wanted - known)
    return sorted(each for each in known - wanted if Attribute(each).is_custom)


def known_to_lack(mapping: FieldMapping) -> set[str]:
    """Return what need not be asked for, as the last complete run knows the tenant."""
    newest = SyncLog.objects.last_complete()
    if newest is None or not newest.attributes:
        return stand_ins(mapping.wanted)
    asked, absent = set(newest.attributes), set(newest.absent_attributes)
    filled = {each.column for each in mapping.wanted if each.column and each.name in asked}
    others = (each for each in mapping.wanted if each.name not in asked)
    return {
        each.name
        for each in others
        # What a person named since then is new.
        if each.name in absent or (each.column in filled and not each.is_named)
    }


def lacks_essentials(client: OracleClient) -> str:
    """Return a sentence where no record came with something that every record needs, or ""."""
    seen = set(client.attributes.names).difference(each.name for each in client.attributes.unseen)
    lacking = client.attributes.indispensable_among(
        each.name for each in client.attributes.wanted if each.name not in seen
    )
    return unreadable_without(lacking) if lacking else ""


def note_attributes(log: SyncLog, client: OracleClient, *, read_all: bool) -> None:
    """Note what was asked for, and what the tenant lacks.

    Args:
        read_all: whether every record was read, so that what came in none of them is not there.
    """
    attributes, unseen = client.attributes, client.attributes.unseen
    if not read_all:
        newest = SyncLog.objects.last_complete()
        unseen = [each for each in unseen if newest and each.name in newest.absent_attributes]
    missed = attributes.missed_among(unseen)
    replaced = {each.name for each in unseen if each not in missed}
    log.attributes = [name for name in attributes.names if name not in replaced]
    log.absent_attributes = [each.name for each in (*attributes.absent, *missed)]
    _remark_on(log, attributes.absent, "This Oracle does not have")
    _remark_on(log, missed, "Oracle sent no record with")


def _remark_on(log: SyncLog, absent: Iterable[Attribute], beginning: str) -> None:
    for each in (each for each in absent if each.is_named):
        remark(log, f"{beginning} {each.name}: change {each.setting}. The column stays as it is.")
    # That a tenant has none of the usual custom attributes is nothing to act upon.
    if usual := [each.name for each in absent if not each.is_named and not each.is_custom]:
        remark(
            log,
            f"{beginning} {', '.join(usual)}: the columns stay as they are. If they have other "
            f"names here, write them into ORACLE_ATTRIBUTES ({usual[0]}=...).",
        )
