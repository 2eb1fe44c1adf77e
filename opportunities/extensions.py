"""Let apps above add to this one, which knows none of them.

Each point keeps what apps register, under a key where it has several places. An app registers in
its `ready()`, and what belongs to the admin in its admin module.

| point | key | what to register |
|---|---|---|
| `guards` | Guard | rule(TransitionContext): the sentence that refuses, or None; all must agree |
| `effects` | Action | effect(TransitionContext): changes rows in the transaction; may return \
{field: (old, new)} for the event |
| `undo_effects` | Action | take_back(opportunity, event): undoes what an effect changed beside \
the opportunity |
| `reason_codes` | Action | the codes to choose a reason from, (code, label) each |
| `closed_in_crm`, `reopened_in_crm` | | reaction(ids of opportunities), in the transaction |
| `open_conditions` | | ids(**owner): opportunities that wait for such an owner |
| `rated` | | ids(codes): opportunities whose newest scored version rates these criteria |
| `unseen_changes` | | prefetch(user): what the CRM changed since this user looked |
| `latest_changes` | | changes(opportunity, most): what the CRM changed last, newest first |
| `timeline` | | a `history.timeline.Source` of entries |
| `mirror_synced_at` | | when(): when the mirror was last complete, or None |
| `crm_address` | | address(opportunity): its page in the CRM, or None |
| `panels` | Place | panel(request, opportunity): safe HTML on the admin's page, or "" |
| `list_filters` | | a filter of the admin's list |
| `for_you` | | a `lists.for_you.Section`: what waits for a person, with the list that shows it |
| `feed_kinds` | | loads the `feed.kinds.FeedKind`s: things whose changes the change feed tells |
| `action_parts` | Action | an `ActionPart`, or a class of its own that is one |
| `action_pages` | Action | address(opportunity): the page on which this action is done instead |

Beside them, `audit.sources.register_source` puts rows under the seal.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from opportunities.domain.states import Action, Guard

Extension = TypeVar("Extension")


class ExtensionPoint(Generic[Extension]):
    def __init__(self, keys: type[Enum] | None = None) -> None:
        self._keys = keys
        self._registered: defaultdict[Hashable, list[Extension]] = defaultdict(list)

    def register(self, extension: Extension, *keys: Hashable) -> None:
        """Register it under these keys. Raises: ValueError for a key that this point lacks."""
        for key in keys or (None,):
            self._registered[self._keys(key) if self._keys else key].append(extension)

    def register_all(self, by_key: Mapping[Any, Extension]) -> None:
        for key, extension in by_key.items():
            self.register(extension, key)

    def all(self, key: Hashable = None) -> Sequence[Extension]:
        return tuple(self._registered[key])

    def ask(self, *args: Any, key: Hashable = None) -> Any:
        """Return what the last one registered answers; None where there is none."""
        registered = self._registered[key]
        return registered[-1](*args) if registered else None  # type: ignore[operator]


class Place(Enum):
    """A place for panels on the admin's page of an opportunity."""

    MAIN = "main"
    """Where people work."""
    ASIDE = "aside"
    """Beside it, where the facts are."""


@dataclass
class ActionPart:
    """Add sentences and fields to the admin's page of an action."""

    deal: Any
    action: Action
    user: Any
    data: Any
    """What was posted; None where the page is only shown."""
    notices: list[str] = field(default_factory=list)
    """Sentences to read before deciding."""

    def __post_init__(self) -> None:
        """Load what it shows; its own classes say what that is."""

    def is_valid(self) -> bool:
        return True

    def params(self) -> dict[str, Any]:
        """Return more params for apply_transition()."""
        return {}

    def html(self) -> str:
        """Return further fields, or nothing."""
        return ""


guards = ExtensionPoint[Callable[[Any], str | None]](Guard)
effects = ExtensionPoint[Callable[[Any], Mapping[str, tuple[Any, Any]] | None]](Action)
undo_effects = ExtensionPoint[Callable[[Any, Any], object]](Action)
reason_codes = ExtensionPoint[Sequence[tuple[str, str]]](Action)
closed_in_crm = ExtensionPoint[Callable[[Collection[int]], object]]()
reopened_in_crm = ExtensionPoint[Callable[[Collection[int]], object]]()
open_conditions = ExtensionPoint[Callable[..., Any]]()
rated = ExtensionPoint[Callable[[Sequence[str]], Any]]()
unseen_changes = ExtensionPoint[Callable[[Any], Any]]()
latest_changes = ExtensionPoint[Callable[[Any, int], Any]]()
timeline = ExtensionPoint[Any]()
mirror_synced_at = ExtensionPoint[Callable[[], datetime | None]]()
crm_address = ExtensionPoint[Callable[[Any], str | None]]()
panels = ExtensionPoint[Callable[[Any, Any], str]](Place)
list_filters = ExtensionPoint[Any]()
for_you = ExtensionPoint[Any]()
feed_kinds = ExtensionPoint[Callable[[], Any]]()
action_parts = ExtensionPoint[Callable[..., ActionPart]](Action)
action_pages = ExtensionPoint[Callable[[Any], str]](Action)
