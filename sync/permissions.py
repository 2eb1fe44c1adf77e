"""Name the permissions on syncs and what they leave behind, as has_perm() takes them."""

START = "sync.trigger_sync"
VIEW_RUNS = "sync.view_synclog"
VIEW_REJECTED = "sync.view_rejectedrecord"
DECIDE_ON_REJECTED = "sync.change_rejectedrecord"
VIEW_RECONCILIATIONS = "sync.view_reconciliation"
