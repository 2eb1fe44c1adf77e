"""Go on with the notices that BQS always had, and with those that wait."""

import os

from django.db import migrations
from django.utils import timezone

SA, LEADS, OWNER, WATCHERS = "assigned_sa", "leads", "sales_owner", "watchers"
RULES = [
    # (name, what NOTICES called it, events, recipients)
    ("Assigned to you", "assignment", ["opportunity.assigned", "opportunity.reassigned"], [SA]),
    ("Declined and unassigned", "decline", ["opportunity.declined"], [LEADS]),
    ("Returned to you", "return", ["assessment.returned"], [SA]),
    (
        "Decided",
        "decision",
        ["decision.approved", "decision.approved_with_conditions", "decision.conditions_met"],
        [SA, WATCHERS],
    ),
    (
        "No bid",
        "no-bid",
        ["decision.no_bid", "decision.quick_no_bid", "decision.conditions_failed"],
        [SA, OWNER, WATCHERS],
    ),
    ("Re-qualification needed", "re-qualification", ["opportunity.requalified"], [SA]),
    ("Reopened in the CRM", "reopened", ["opportunity.reopened"], [LEADS]),
    (
        "The CRM changed what was submitted",
        "re-qualification",
        ["opportunity.crm_changed"],
        [SA, LEADS, WATCHERS],
    ),
    ("You were mentioned", "mention", ["comment.written"], ["mentioned"]),
]


def write_rules(apps, schema_editor):
    mailed = _mailed(apps)
    Rule = apps.get_model("notifications", "Rule")
    for name, kind, events, recipients in RULES:
        channels = ["bell", "mail"] if mailed is None or kind in mailed else ["bell"]
        Rule.objects.create(name=name, events=events, recipients=recipients, channels=channels)


def take_rules_back(apps, schema_editor):
    names = [name for name, *_ in RULES]
    apps.get_model("notifications", "Rule").objects.filter(name__in=names).delete()


def _mailed(apps):
    """Return what the policy or the setting NOTICES named; None for all."""
    newest = apps.get_model("opportunities", "PolicyVersion").objects.order_by("-id").first()
    text = (newest.values if newest else {}).get("NOTICES") or os.environ.get("NOTICES")
    return [word.strip() for word in text.split(",")] if text else None


def carry_over(apps, schema_editor):
    """Deliver what waits; its events are expanded, so that nobody is told of them again."""
    Event, Delivery = apps.get_model("outbox", "Event"), apps.get_model("outbox", "Delivery")
    Notice = apps.get_model("opportunities", "Notice")
    for notice in Notice.objects.filter(state="WAITING").select_related("event"):
        event, _ = Event.objects.get_or_create(
            source=f"opportunity_event:{notice.event_id}",
            defaults={
                "name": NAMES.get(notice.event.action, "opportunity.assigned"),
                "at": notice.event.at,
                "deal": notice.event.opportunity_id,
                "actor_id": notice.event.actor_id,
            },
        )
        Event.objects.filter(pk=event.pk).update(expanded_at=timezone.now())
        Delivery.objects.create(
            id=notice.key,
            event=event,
            channel="mail",
            recipient_id=notice.recipient_id,
            target=notice.address,
            subject=notice.subject,
            tries=notice.tries,
            created_at=notice.created_at,
            next_try_at=notice.next_try_at,
            last_failure=notice.last_failure,
        )


NAMES = {
    "ASSIGN": "opportunity.assigned",
    "REASSIGN": "opportunity.reassigned",
    "DECLINE": "opportunity.declined",
    "RETURN": "assessment.returned",
    "APPROVE": "decision.approved",
    "APPROVE_WITH_CONDITIONS": "decision.approved_with_conditions",
    "CONDITIONS_MET": "decision.conditions_met",
    "DECIDE_NO_BID": "decision.no_bid",
    "QUICK_NO_BID": "decision.quick_no_bid",
    "CONDITIONS_FAILED": "decision.conditions_failed",
    "REQUALIFY": "opportunity.requalified",
    "REOPEN_FROM_CRM": "opportunity.reopened",
    "CRM_CHANGE": "opportunity.crm_changed",
    "COMMENT": "comment.written",
}


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_reminders"),
        ("opportunities", "0028_absences"),
        ("outbox", "0002_jobs_take_turns"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunPython(write_rules, take_rules_back),
    ]
