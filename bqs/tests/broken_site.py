"""A site with an address that breaks, and secrets in everything that it touches."""

import logging
import os

import django
from django.urls import path


def breaks(request):
    deal_value = f"Secretlocal {request.POST}"  # noqa: F841 - a local variable, as a bug has them
    raise ValueError("Secretmessage: deal 98765432 of ACME")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bqs.settings")
    django.setup()
    from django.test import Client

    from bqs.urls import urlpatterns

    urlpatterns.insert(0, path("breaks/<int:pk>", lambda request, pk: breaks(request)))
    browser = Client(raise_request_exception=False, SERVER_NAME="localhost")
    browser.cookies["last_visit"] = "Secretcookie"
    secrets = {"Authorization": "Token Secrettoken", "X-Request-ID": "request-1"}
    browser.post("/breaks/7?q=Secretquery", {"name": "Secretbody"}, headers=secrets)
    logging.getLogger("sync").error("Oracle said %s", "Secretvalue")
