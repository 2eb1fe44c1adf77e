#!/usr/bin/env python
"""Django's command line; what some commands need is set before settings are read."""

import atexit
import gc
import os
import sys

# What a start loads is there to stay; looking through it for garbage took a fifth of the time, and
# again when the process ended. bqs/apps.py looks from then on.
OBJECTS_BETWEEN_LOOKS = 50_000


def main() -> None:
    gc.disable()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    atexit.register(gc.freeze)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
    if sys.argv[1:2] in (["runserver"], ["demo"]):
        # This server has a new thread for each browser's connection: what these kept of the
        # database's, soon a hundred, would be of use to nobody.
        os.environ.setdefault("DATABASE_CONN_MAX_AGE_S", "0")
    if sys.argv[1:2] == ["demo"]:
        from bqs.demonstration.environment import prepare_demo_environment

        prepare_demo_environment()
    elif sys.argv[1:2] == ["check_oracle"]:
        from bqs.demonstration.environment import prepare_first_contact

        prepare_first_contact()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A setting to change is a sentence for the person at the terminal, not a traceback.
        sys.exit(str(error))


if __name__ == "__main__":
    main()
