"""Migrate to states between old migrations, which the squashed ones otherwise stand for."""

import os
import sys

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bqs.analysts.views import drop_views


def old_executor() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    return executor


def migrate_to(*targets: tuple[str, str]) -> None:
    drop_views()
    old_executor().migrate([*targets])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
    django.setup()
    migrate_to(*(tuple(target.split(".")) for target in sys.argv[1:]))
