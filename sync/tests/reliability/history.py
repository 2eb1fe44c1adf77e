"""A history of Oracle, of people and of syncs, with plain dicts to tell what has to come of it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from opportunities.models import Opportunity
from sync.models import OpportunityChange, RejectedRecord, SyncLog, SyncStatus, SyncType
from sync.simulator.shape import Item
from sync.tests.builders import oracle_item
from sync.tests.refusals import an_hour_passes
from sync.tests.reliability.backup import Backup, backup, restore
from sync.tests.reliability.decisions import Decision, decisions
from sync.tests.reliability.mirror import differences, here
from sync.tests.reliability.power_cut import cut_off
from sync.tests.reliability.scene import sync
from sync.tests.simulator_process import OracleSimulator

FIRST_ID, PLACES = 1000, 6
STATUSES = ("ASSIGNED", "IN_REVIEW", "APPROVED", "NO_BID", "ON_HOLD")
UNDECIDED = Decision("NEW", None, "")
BREAKS = (
    "empty",
    "unauthorized",
    "html:after=1",
    "not-a-page:after=1",
    "page-repeated",
    "error-503:after=1,times=0",
    "exception:times=2",
    "bad-json:after=1,times=1",
)


@dataclass
class Truth:
    """What is so, whatever the mirror says."""

    deals: dict[int, Item] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    bad: set[int] = field(default_factory=set)
    """Deals that cannot be imported."""
    unstamped: set[int] = field(default_factory=set)
    """Deals that came into view without a new stamp: only a full run can see them."""
    people: dict[str, Decision] = field(default_factory=dict)

    @property
    def visible(self) -> dict[int, Item]:
        return {each: deal for each, deal in self.deals.items() if each not in self.hidden}

    @property
    def wanted(self) -> dict[int, Item]:
        """What a complete mirror holds."""
        return {each: deal for each, deal in self.visible.items() if each not in self.bad}


class History:
    """Each public method is a step; most work on the deal of a place, 0 to PLACES - 1."""

    def __init__(self, oracle: OracleSimulator, person_id: int) -> None:
        self._oracle, self._person_id = oracle, person_id
        self._now = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self._truth = Truth()
        self._copy: tuple[Backup, Truth] | None = None
        self._number = 0
        oracle.reset()
        oracle.serve([])
        self.time_passes(0)

    # --- in Oracle --------------------------------------------------------------------------

    def time_passes(self, place: int) -> None:
        """Without it, what happens bears the same stamp as what was before."""
        self._now += timedelta(seconds=1 + 997 * place)
        self._oracle.clock(self._now.isoformat())

    def oracle_adds_or_edits(self, place: int) -> None:
        self._number += 1
        self._edit(place, Revenue=self._number, Name=f"Deal, {self._number}")

    def oracle_closes(self, place: int) -> None:
        self._edit(place, StatusCode="WON")

    def oracle_reopens(self, place: int) -> None:
        self._edit(place, StatusCode="OPEN")

    def oracle_spoils(self, place: int) -> None:
        self._edit(place, Revenue="much")
        self._truth.bad.add(FIRST_ID + place)

    def oracle_repairs(self, place: int) -> None:
        """Without a new stamp."""
        opty_id = FIRST_ID + place
        if opty_id in self._truth.bad:
            self._truth.bad.remove(opty_id)
            self._truth.unstamped.add(opty_id)
            self._put({**self._truth.deals[opty_id], "Revenue": 5})

    def oracle_removes(self, place: int) -> None:
        if self._truth.deals.pop(FIRST_ID + place, None):
            self._truth.bad.discard(FIRST_ID + place)
            self._oracle.remove(FIRST_ID + place)

    def oracle_hides(self, place: int) -> None:
        self._truth.hidden.add(FIRST_ID + place)
        self._oracle.hide(*self._truth.hidden)

    def oracle_shows(self, place: int) -> None:
        if FIRST_ID + place in self._truth.hidden:
            self._truth.hidden.remove(FIRST_ID + place)
            self._truth.unstamped.add(FIRST_ID + place)
            self._oracle.hide(*self._truth.hidden)

    def _edit(self, place: int, **change: Any) -> None:
        opty_id = FIRST_ID + place
        known = self._truth.deals.get(opty_id) or oracle_item(OptyId=opty_id)
        if opty_id in self._truth.bad:
            self._truth.bad.remove(opty_id)
            known = {**known, "Revenue": 7}
        self._put({**known, **change, "LastUpdateDate": self._now.isoformat()})

    def _put(self, deal: Item) -> None:
        self._truth.deals[deal["OptyId"]] = deal
        self._oracle.edit(deal)

    # --- people and their machines ----------------------------------------------------------

    def people_decide(self, place: int) -> None:
        remote_id = str(FIRST_ID + place)
        self._number += 1
        status = STATUSES[self._number % len(STATUSES)]
        decision = Decision(status, self._person_id, f"Note {self._number}")
        open_here = Opportunity.objects.filter(remote_id=remote_id).exclude(
            workflow_status="CLOSED_IN_CRM"
        )
        if open_here.update(**decision._asdict()):
            self._truth.people[remote_id] = decision

    def table_is_emptied(self, place: int) -> None:
        Opportunity.objects.all().delete()
        self._truth.people.clear()

    def backup_is_made(self, place: int) -> None:
        self._copy = backup(), deepcopy(self._truth)

    def backup_is_restored(self, place: int) -> None:
        if self._copy:
            rows, then = self._copy
            restore(rows)
            self._truth.people = dict(then.people)
            self._truth.unstamped |= then.unstamped | then.hidden

    def opportunities_alone_are_restored(self, place: int) -> None:
        if self._copy:
            rows, then = self._copy
            restore({model: rows[model] for model in (Opportunity, OpportunityChange)})
            self._truth.people = dict(then.people)
            self._truth.unstamped |= then.unstamped | then.hidden

    # --- syncs ------------------------------------------------------------------------------

    def sync_as_planned(self, place: int) -> None:
        self._check_run(sync())

    def sync_fully(self, place: int) -> None:
        self._check_run(sync(sync_type=SyncType.FULL))

    def sync_some(self, place: int) -> None:
        self._check_choice({"only": (str(FIRST_ID + place),)})

    def sync_since(self, place: int) -> None:
        self._check_choice({"since": self._now - timedelta(minutes=10 * place)})

    def sync_dryly(self, place: int) -> None:
        before = backup()
        sync(dry_run=True)
        assert [[*map(vars_of, rows)] for rows in before.values()] == [
            [*map(vars_of, rows)] for rows in backup().values()
        ]

    def sync_while_oracle_breaks(self, place: int) -> None:
        self._oracle.faults(BREAKS[place % len(BREAKS)])
        log = sync()
        self._oracle.faults()
        an_hour_passes()
        self._check_run(log)

    def sync_is_cut_off(self, place: int) -> None:
        """Somewhere, sooner or later."""
        cut_off(sync, at_statement=2 + 3 * place)
        assert SyncLog.objects.filter(status=SyncStatus.RUNNING).count() <= 1

    # --- what has to be so ------------------------------------------------------------------

    def check_always(self) -> None:
        """P3: no sync has touched what people decided."""
        for remote_id, decision in decisions(here).items():
            assert decision == self._truth.people.get(remote_id, UNDECIDED), remote_id

    def _check_choice(self, order: dict[str, Any]) -> None:
        """P4: who reads a choice knows nothing of the rest."""
        former = SyncLog.objects.watermark()
        sync(**order)
        # None: what was lost before made it worthless.
        assert SyncLog.objects.watermark() in (former, None)

    def _check_run(self, log: SyncLog) -> None:
        assert not SyncLog.objects.filter(status=SyncStatus.RUNNING).exists()  # P5
        self._check_removals(log)
        read_it_all = log.watermark is not None
        if read_it_all and log.sync_type == SyncType.FULL:
            self._truth.unstamped.clear()
        if read_it_all or Opportunity.objects.exists():
            self._check_watermark()
        if read_it_all:
            self._check_quarantine()

    def _check_removals(self, log: SyncLog) -> None:
        """P9: what Oracle shows is never flagged."""
        flagged = log.changes.filter(field="removed_in_crm_at", new__isnull=False)
        ids = set(flagged.values_list("opportunity__remote_id", flat=True))
        assert not ids.intersection(map(str, self._truth.visible))

    def _check_watermark(self) -> None:
        """P4: what is stamped before it is in the mirror; its own second is read again."""
        watermark = SyncLog.objects.watermark()
        if watermark is None:
            return
        promised = [
            deal
            for opty_id, deal in self._truth.wanted.items()
            if opty_id not in self._truth.unstamped
            and datetime.fromisoformat(deal["LastUpdateDate"]) < watermark
        ]
        unlike = differences(promised, here)
        assert not {each for each, how in unlike.items() if how != "only in the mirror"}, unlike

    def _check_quarantine(self) -> None:
        """P7: of the deals in view, the bad ones wait and only they."""
        waiting = RejectedRecord.objects.unresolved().values_list("remote_id", flat=True)
        in_view = {int(remote_id or 0) for remote_id in waiting} & self._truth.visible.keys()
        assert in_view <= self._truth.bad

    def check_end(self) -> None:
        """P1 and P2: two clean runs bring everything, a third nothing."""
        sync()
        log = sync(sync_type=SyncType.FULL)
        if not self._truth.visible:
            return
        bad = self._truth.bad & self._truth.visible.keys()
        assert log.status == (SyncStatus.PARTIAL if bad else SyncStatus.SUCCESS)
        assert log.failed_records == len(bad)
        unlike = differences(self._truth.wanted.values(), here)
        assert unlike.keys() <= {str(opty_id) for opty_id in bad}
        before = [vars_of(row) for row in Opportunity.objects.order_by("pk")]
        again = sync(sync_type=SyncType.FULL)
        assert again.unchanged_records == again.total_fetched - len(bad)
        assert [vars_of(row) for row in Opportunity.objects.order_by("pk")] == before


def vars_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}
