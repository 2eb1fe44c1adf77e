"""Tell whether Oracle shows open opportunities only, by the statuses of those that it shows."""

from collections.abc import Collection

from django.conf import settings

from opportunities.domain.crm_status import ClosedStatuses

MOST_OPEN_BY_CHANCE = 200


def shows_closed(statuses: Collection[str | None], closed: ClosedStatuses) -> bool:
    return any(each in closed for each in statuses)


def is_suspiciously_open(
    count: int, statuses: Collection[str | None], closed: ClosedStatuses
) -> bool:
    """Return whether so many are shown, and none of them closed, that it is no chance.

    Never so where ORACLE_SHOWS_OPEN_ONLY says that it is wanted.
    """
    is_no_chance = count > MOST_OPEN_BY_CHANCE and bool(statuses)
    return (
        is_no_chance and not settings.ORACLE_SHOWS_OPEN_ONLY and not shows_closed(statuses, closed)
    )
