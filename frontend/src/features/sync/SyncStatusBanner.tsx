import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronDown, CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { sentenceOf } from '@/api/problem'
import { syncStatusQuery } from '@/api/queries'
import type { SyncLog, SyncStatus } from '@/api/types'
import { useCommands } from '@/lib/commands'
import { formatCount } from '@/lib/format'
import { useNow } from '@/lib/use-now'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { freshnessOf, nextSyncOf, problemOfRun, rejectedOf, type Tone, waitingOf, worst } from './freshness'
import { RunProgress } from './RunProgress'
import { strings } from './strings'
import styles from './SyncStatusBanner.module.css'

const A_MINUTE_MS = 60_000

interface BannerProps {
  mayStart: boolean
  /** Where the rejected records are, for those who may open them. */
  rejectedUrl: string | null
}

export function SyncStatusBanner({ mayStart, rejectedUrl }: BannerProps) {
  const status = useQuery(syncStatusQuery)
  return (
    <section className={styles.banner} aria-label={strings.region} data-screen-only>
      {status.isError && !status.data ? (
        <NoStatus error={status.error} retry={() => void status.refetch()} />
      ) : (
        <StatusOrPlaceholder status={status.data} rejectedUrl={rejectedUrl} />
      )}
      {mayStart && (
        <div className={styles.buttons}>
          <SyncNow isRunning={status.data?.is_running ?? false} />
        </div>
      )}
    </section>
  )
}

function StatusOrPlaceholder({ status, rejectedUrl }: { status: SyncStatus | undefined; rejectedUrl: string | null }) {
  // It keeps the place, so that nothing moves when it is known.
  if (!status) return <div className={styles.status} />
  return <StatusLine status={status} rejectedUrl={rejectedUrl} />
}

function StatusLine({ status, rejectedUrl }: { status: SyncStatus; rejectedUrl: string | null }) {
  const now = useNow(A_MINUTE_MS)
  const freshness = freshnessOf(status, now)
  const trouble = status.is_running ? null : problemOfRun(status.last_run)
  const waiting = waitingOf(status)
  const rejected = rejectedOf(status)
  const tone = worst([freshness, trouble, waiting])
  if (status.is_running) return <RunProgress />
  return (
    <div className={styles.status} data-tone={tone}>
      <ToneIcon tone={tone} />
      <p className={styles.sentence}>
        {freshness.sentence}
        {trouble && <span className={styles.trouble}>{trouble.sentence}</span>}
        {waiting && <span className={styles.trouble}>{waiting.sentence}</span>}
      </p>
      {status.last_run && <Brought run={status.last_run} />}
      {rejected && <Rejected sentence={rejected} url={rejectedUrl} />}
      <span className={styles.schedule}>{nextSyncOf(status)}</span>
    </div>
  )
}

/** Say what the last run brought, and lead to it. */
function Brought({ run }: { run: SyncLog }) {
  const counts = [run.new_records, run.updated_records + run.removed_records] as const
  const [fresh, changed] = counts.map((count) => (count ? formatCount(count) : null))
  return (
    <Link to="/syncs/$id" params={{ id: run.id }}>
      {strings.brought(fresh ?? null, changed ?? null)}
    </Link>
  )
}

function Rejected({ sentence, url }: { sentence: string; url: string | null }) {
  return url ? <a href={url}>{sentence}</a> : <span>{sentence}</span>
}

function NoStatus({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className={styles.status} data-tone="warning" role="alert">
      <ToneIcon tone="warning" />
      <p className={styles.sentence}>
        {strings.noStatus} {sentenceOf(error)}
      </p>
      <Button kind="quiet" onPress={retry}>
        {common.tryAgain}
      </Button>
    </div>
  )
}

const { kinds } = strings
const ENTRIES = [
  { id: 'INCREMENTAL', label: kinds.INCREMENTAL, description: kinds.INCREMENTAL_why },
  { id: 'FULL', label: kinds.FULL, description: kinds.FULL_why },
] as const

function SyncNow({ isRunning }: { isRunning: boolean }) {
  const start = useApiMutation(
    (sync_type: 'FULL' | 'INCREMENTAL') => unwrap(api.POST('/api/sync-database', { body: { sync_type } })),
    { stale: ['sync'] },
  )

  function choose(id: string) {
    start.mutate(id === 'FULL' ? 'FULL' : 'INCREMENTAL', {
      onSuccess: () => toast({ kind: 'done', text: strings.started }),
    })
  }

  useCommands(
    isRunning
      ? []
      : ENTRIES.map(({ id, label }) => ({ id, label: strings.syncOf(label), run: () => choose(id) })),
  )
  return (
    <Menu
      label={kinds.menu}
      trigger={
        <Button isDisabled={isRunning} isPending={start.isPending}>
          {strings.syncNow}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
      entries={ENTRIES}
      onAction={choose}
    />
  )
}

const ICONS = { calm: CircleCheck, warning: TriangleAlert, bad: OctagonX }

function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = ICONS[tone]
  return <Icon size={16} aria-hidden className={styles[tone]} />
}
