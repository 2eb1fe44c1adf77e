"""Start the site for WSGI servers such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
site = get_wsgi_application()

from bqs.web.prefix import without_prefix  # noqa: E402 - needs the settings
from bqs.web.start import on_start  # noqa: E402 - needs the settings

on_start()
application = without_prefix(site)
