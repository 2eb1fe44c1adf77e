import type { SyncLog } from '@/api/types'

/** Build a full scheduled run that brought nothing new, for tests. */
export function aRun(overrides: Partial<SyncLog> = {}): SyncLog {
  return {
    id: '7',
    sync_type: 'FULL',
    status: 'SUCCESS',
    is_interrupted: false,
    trigger: 'CRON',
    user: null,
    started_at: '2026-11-24T09:00:00Z',
    completed_at: '2026-11-24T09:01:00Z',
    duration_seconds: 60,
    total_fetched: 10,
    new_records: 0,
    updated_records: 0,
    unchanged_records: 10,
    failed_records: 0,
    removed_records: 0,
    removals_waiting: null,
    runs: 1,
    pages: 1,
    requests: 1,
    retries: 0,
    watermark: null,
    error_message: '',
    remarks: [],
    absent_attributes: [],
    unmapped_statuses: [],
    unmapped_attributes: [],
    ...overrides,
  }
}
