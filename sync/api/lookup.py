"""One opportunity by the names Oracle has for it, from the mirror or fresh from Oracle."""

from dataclasses import dataclass, field

from opportunities.models import Opportunity
from opportunities.roles import Standing
from sync.api.errors import NotInMirror, OracleOutOfReach, RecordNotUsable
from sync.oracle.errors import OracleError, OracleNotFound, RecordError
from sync.refresh import refresh_opportunity


@dataclass(frozen=True)
class Lookup:
    opportunity: Opportunity
    refreshed: bool = False
    changed_fields: list[str] = field(default_factory=list)
    stale_reason: str | None = None

    @property
    def stale(self) -> bool:
        return self.stale_reason is not None


def from_mirror(key: str, standing: Standing) -> Lookup:
    """Raises: NotInMirror, also where it is there and not for this person to see."""
    rows = Opportunity.objects.visible_to(standing).for_api(standing.user)
    opportunity = rows.with_unseen_changes(standing.user).named(key).first()
    if opportunity is None:
        raise NotInMirror(
            f"The mirror has no opportunity {key}; ?refresh=true asks Oracle for it now."
        )
    return Lookup(opportunity)


def from_oracle(key: str, standing: Standing) -> Lookup:
    """Fetched now, or else the stored record and why it may be stale.

    Raises: NotInMirror, RecordNotUsable, OracleOutOfReach where nothing is stored either.
    """
    try:
        refreshed = refresh_opportunity(key)
    except (OracleError, RecordError) as error:
        return _stored_despite(error, key, standing)
    stored = from_mirror(refreshed.opportunity.remote_id, standing).opportunity
    return Lookup(stored, refreshed=True, changed_fields=refreshed.changed_fields)


def _stored_despite(error: OracleError | RecordError, key: str, standing: Standing) -> Lookup:
    reason = _in_words(error)
    try:
        return Lookup(from_mirror(key, standing).opportunity, stale_reason=reason)
    except NotInMirror:
        match error:
            case OracleNotFound():
                raise NotInMirror(
                    f"Neither the mirror nor Oracle has opportunity {key}."
                ) from error
            case RecordError():
                raise RecordNotUsable(reason) from error
        raise OracleOutOfReach(reason) from error


def _in_words(error: OracleError | RecordError) -> str:
    if isinstance(error, RecordError):
        return f"Oracle's record cannot be taken in: {error}. It is kept among the rejected ones."
    return str(error)
