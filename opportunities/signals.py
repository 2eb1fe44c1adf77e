"""What the CRM did to opportunities, for the apps that keep work on them.

Sent inside the transaction that does it, with `ids`, the primary keys of the rows.
"""

from django.dispatch import Signal

closed_in_crm = Signal()
reopened_in_crm = Signal()
