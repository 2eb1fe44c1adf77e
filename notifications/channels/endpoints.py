"""Find the endpoint of a delivery, which may have gone since."""

from notifications.models import Endpoint
from outbox.channels import NotDelivered
from outbox.models import Delivery


def endpoint_of(delivery: Delivery) -> Endpoint:
    """Return it. Raises: NotDelivered, for good, where it is switched off or deleted."""
    endpoint = Endpoint.objects.filter(pk=delivery.target, is_active=True).first()
    if endpoint is None:
        raise NotDelivered("The endpoint is switched off.", is_final=True)
    return endpoint
