export const strings = {
  region: 'CRM data',
  none: 'No sync has run yet. Nothing of the CRM is here.',
  synced: (ago: string, at: string) => `CRM data synced ${ago}, ${at}`,
  stale: (ago: string, at: string) => `CRM data may be out of date: synced ${ago}, ${at}`,
  old: (ago: string, at: string) => `CRM data is out of date: synced ${ago}, ${at}`,
  failed: (at: string, why: string) => `The sync of ${at} failed: ${why}`,
  partial: (at: string, why: string) => `The sync of ${at} is incomplete: ${why}`,
  interrupted: (at: string) => `The sync of ${at} broke off. The next one makes up for it.`,
  rejected: (count: number, shown: string) =>
    count === 1 ? '1 record could not be taken in' : `${shown} records could not be taken in`,
  removalsWaiting: (count: number, shown: string) =>
    count === 1
      ? '1 opportunity is missing in the CRM; an administrator has to confirm its removal'
      : `${shown} opportunities are missing in the CRM; an administrator has to confirm their removal`,
  notScheduled: (why: string) => `No sync is scheduled: ${why}`,
  next: (at: string) => `Next sync ${at}`,
  syncNow: 'Sync now',
  kinds: {
    menu: 'Which sync',
    INCREMENTAL: 'What has changed',
    INCREMENTAL_why: 'A matter of seconds',
    FULL: 'Everything',
    FULL_why: 'Also finds what was removed',
  },
  started: 'The sync has started',
  history: 'History',
  historyTitle: 'Syncs',
  running: 'Syncing',
  runningRows: (done: string, of: string | null) =>
    of === null ? `${done} records read` : `${done} of about ${of} records read`,
  rate: (rows: string) => `${rows} a second`,
  left: (duration: string) => `about ${duration} left`,
  noStatus: 'How old the CRM data is could not be found out.',
  columns: {
    started: 'Started',
    kind: 'Kind',
    by: 'Started by',
    status: 'Outcome',
    duration: 'Duration',
    fetched: 'Fetched',
    new: 'New',
    updated: 'Updated',
    removed: 'Removed',
    failed: 'Failed',
  },
  statuses: { RUNNING: 'Running', SUCCESS: 'Success', PARTIAL: 'Incomplete', FAILED: 'Failed' },
  interruptedStatus: 'Broke off',
  types: { FULL: 'Everything', INCREMENTAL: 'Changes' },
  triggers: { CRON: 'Schedule', API: 'API', ADMIN: 'Admin', COMMAND: 'Terminal' } as Record<
    string,
    string
  >,
  newer: 'Newer',
  older: 'Older',
  page: (page: string, pages: string) => `Page ${page} of ${pages}`,
  noRuns: 'No sync has run yet',
  noRunsDetail: 'Runs are listed here with what they brought.',
}
