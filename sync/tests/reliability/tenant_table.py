"""How a full run has to end at each tenant, written down by hand, one tenant a line.

A tenant is one lasting habit, or a few of them that belong together.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sync.tests.reliability.fault_table import LEFT_OUT, STOPS, SUCCESS, Ending

TOKENS = {
    "ORACLE_AUTH": "client_credentials",
    "ORACLE_TOKEN_URL": "{url}/oauth2/v1/token",
    "ORACLE_CLIENT_ID": "simulator",
    "ORACLE_CLIENT_SECRET": "simulator",
}
KEYS_REFUSED = {"one reader": "q on OptyId", "four readers": "q on OptyId", "by offset": ""}
BY_OFFSET_STOPS = {"one reader": SUCCESS, "four readers": SUCCESS, "by offset": STOPS}
OTHER_NAMES = "renamed:old=SalesStage+PartyName1+LastUpdateDate,new=Step_c+OwnerName_c+Touched_c"
SILENT = "ignores-unknown-fields no-describe missing:attributes=PartyName1+WinProb"


class Tenant(NamedTuple):
    ending: Ending | Mapping[str, Ending] = SUCCESS
    lacks: tuple[str, ...] = ()
    """The columns that nothing fills there."""
    settings: Mapping[str, str] = {}
    hides_closings: bool = False
    """Only a full run asks what has become of a deal that the list no longer shows."""
    says: str | Mapping[str, str] = ""
    """A part of the remark that a run makes."""


OWNER_AND_CHANCE = ("sales_owner", "win_probability")
USUAL = ""
TENANTS: dict[str, Tenant] = {
    USUAL: Tenant(),
    # --- which records lists show
    "open-only:codes=OPEN+NO_SALE+ON_HOLD": Tenant(hides_closings=True),
    # What is open and not in the list has to be said: others may be missing, too.
    "own-period": Tenant(LEFT_OUT),
    # --- which attributes there are
    "missing:attributes=PartyName1+WinProb": Tenant(lacks=OWNER_AND_CHANCE, says="does not have"),
    "missing:attributes=OptyNumber": Tenant(
        lacks=("opty_number",), says="does not have OptyNumber"
    ),
    "missing:attributes=LastUpdateDate": Tenant(STOPS),
    "missing:attributes=PartyName1+WinProb no-describe": Tenant(
        lacks=OWNER_AND_CHANCE, says="does not have"
    ),
    "missing:attributes=PartyName1 no-describe nameless-400": Tenant(
        lacks=("sales_owner",), says="PartyName1"
    ),
    SILENT: Tenant(lacks=OWNER_AND_CHANCE, says="sent no record with"),
    OTHER_NAMES: Tenant(
        settings={
            "ORACLE_ATTRIBUTES": "SalesStage=Step_c,PartyName1=OwnerName_c,LastUpdateDate=Touched_c"
        }
    ),
    "new-schema": Tenant(lacks=("sales_owner",), says="does not have PartyName1"),
    "both-dates": Tenant(),
    # --- what q takes
    "plain-q": Tenant(),
    "no-q-with-finder": Tenant(),
    "unqueryable:attributes=OptyId": Tenant(says=KEYS_REFUSED),
    "unqueryable:attributes=LastUpdateDate": Tenant(),
    "unqueryable:attributes=OptyId+LastUpdateDate no-describe": Tenant(says=KEYS_REFUSED),
    # --- side questions
    "no-describe:status=500": Tenant(),
    "no-describe:status=403": Tenant(),
    "no-describe:ms=900": Tenant(),
    "no-count": Tenant(),
    "no-count:ms=900": Tenant(),
    "no-count:status=500": Tenant(),
    "silent-count": Tenant(),
    "limit:most=7 total:most=7": Tenant(),
    "has-more-forever": Tenant(says="hasMore"),
    "no-offset:first=20": Tenant(BY_OFFSET_STOPS),
    "slow-offset:first=20,ms=20": Tenant(),
    # --- sign-in and heads
    "bearer:uses=8": Tenant(settings=TOKENS),
    "date-header:form=absent": Tenant(says="no usable Date"),
    "date-header:form=doubled": Tenant(),
    "date-header:form=asctime": Tenant(),
    "date-header:form=rfc850": Tenant(),
    "date-header:form=nonsense": Tenant(says="no usable Date"),
    "dead-node": Tenant(),
}
KEYS_ARE_REFUSED = ("unqueryable:attributes=OptyId", "no-q-with-finder")

# Told by check_oracle, or met in tests of their own: nothing of them meets a run.
NOT_MET = {"hidden-as-404", "locked", "no-slash", "record-set", "versions"}


def tenant_ending(mode: str, tenant: str) -> Ending:
    ending = TENANTS[tenant].ending
    return ending if isinstance(ending, Ending) else ending[mode]


def tenant_says(mode: str, tenant: str) -> str:
    says = TENANTS[tenant].says
    return says if isinstance(says, str) else says[mode]
