"""Import admin_site/, because Django looks for the admin's pages here."""

from bqs.admin_site import absences, alarms, audit, exchange_rates, users  # noqa: F401 - they register themselves
