"""Browsers of people in each role, for the pages where the workflow says what they may do."""

from opportunities.access.roles import Role
from opportunities.tests.factories import UserFactory
from opportunities.tests.workflow_scene import PRACTICE

LOOK = ["view_opportunity"]
WORK = [*LOOK, "change_opportunity"]


def staff_sa(**more):
    return UserFactory(
        is_staff=True, permissions=WORK, roles=[Role.SA], practices=[PRACTICE], **more
    )


def staff_lead(**more):
    return UserFactory(is_staff=True, permissions=WORK, roles=[Role.LEAD], leads=[PRACTICE], **more)


def staff_bid_manager(**more):
    return UserFactory(is_staff=True, permissions=WORK, roles=[Role.BID_MANAGER], **more)


def staff_viewer(**more):
    return UserFactory(is_staff=True, permissions=LOOK, roles=[Role.VIEWER], **more)


def superuser(**more):
    return UserFactory(is_staff=True, is_superuser=True, **more)


EVERYBODY = [staff_sa, staff_lead, staff_bid_manager, staff_viewer, superuser]
