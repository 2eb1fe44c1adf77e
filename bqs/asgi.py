"""Start the site for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
application = get_asgi_application()

from bqs.web.start import on_start  # noqa: E402 - needs the settings

on_start()
