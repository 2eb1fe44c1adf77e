"""Name the reasons to decline a bid, or to override the score."""

from django.db.models import TextChoices


class NoBidReason(TextChoices):
    NOT_ELIGIBLE = "NOT_ELIGIBLE", "We may not bid: registration, certificate, framework, region"
    CONFLICT = "CONFLICT", "Conflict of interest, sanction or exclusivity"
    MUST_HAVE_MISSING = "MUST_HAVE_MISSING", "A must-have requirement cannot be met"
    NOT_REAL = "NOT_REAL", "No real need, money or decision path"
    NO_TIME = "NO_TIME", "No competent answer possible by the deadline"
    NO_CAPACITY = "NO_CAPACITY", "No people to bid or to deliver"
    DELIVERY_RISK = "DELIVERY_RISK", "Delivery too risky"
    WEAK_POSITION = "WEAK_POSITION", "Little chance to win: rival or incumbent ahead"
    OFF_STRATEGY = "OFF_STRATEGY", "Does not fit the strategy"
    LOW_RETURN = "LOW_RETURN", "Margin too thin for the effort"
    TERMS = "TERMS", "Terms we cannot accept"
    DUPLICATE = "DUPLICATE", "Handled under another opportunity"
    CONDITIONS_FAILED = "CONDITIONS_FAILED", "The conditions of the bid were not met"
    OTHER = "OTHER", "Another reason, in the text"


class OverrideReason(TextChoices):
    STRATEGIC_ACCOUNT = "STRATEGIC_ACCOUNT", "Account or market worth it beyond this deal"
    COMMITMENT = "COMMITMENT", "Commitment to the customer or a partner"
    NEW_FACTS = "NEW_FACTS", "Facts that came up after the scoring"
    RISK_ACCEPTED = "RISK_ACCEPTED", "Risk accepted by the management"
    RISK_UNDERRATED = "RISK_UNDERRATED", "Risk weighs more than the score shows"
    CAPACITY = "CAPACITY", "Capacity: more, or less, than the score assumes"
    TEMPLATE_UNFIT = "TEMPLATE_UNFIT", "The template does not fit this kind of deal"
    OTHER = "OTHER", "Another reason, in the text"
