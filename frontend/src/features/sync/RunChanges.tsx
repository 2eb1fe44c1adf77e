import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CirclePlus, CloudOff, Undo2 } from 'lucide-react'
import { choicesQuery, runChangePagesQuery } from '@/api/queries'
import type { ChangedOpportunity, ChangeKind } from '@/api/types'
import { changeableFields } from '@/entities/opportunity/catalogue'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { PartFailed } from '@/entities/PartFailed'
import { formatCount, formatMoneyShort } from '@/lib/format'
import { common } from '@/strings/common'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import styles from './RunPage.module.css'
import { strings } from './strings'

const KINDS = Object.entries(strings.changeKinds).map(([value, label]) => ({ value, label }))
const LOOKS = {
  new: { tone: 'new', Icon: CirclePlus },
  removed: { tone: 'warning', Icon: CloudOff },
  returned: { tone: 'good', Icon: Undo2 },
} as const

export interface ChangeFilter {
  kind?: ChangeKind
  field?: string
  practice?: string
}

interface RunChangesProps {
  run: string
  filter: ChangeFilter
  onFilter: (filter: ChangeFilter) => void
}

/** List the opportunities that a run brought or changed, each with old and new of its fields. */
export function RunChanges({ run, filter, onFilter }: RunChangesProps) {
  const pages = useInfiniteQuery(runChangePagesQuery(run, filter))
  const count = pages.data?.pages[0]?.count
  return (
    <section aria-labelledby="changed">
      <header className={styles.head}>
        <h2 id="changed">{count === undefined ? strings.changes : strings.changedDeals(count, formatCount(count))}</h2>
        <Filters filter={filter} onFilter={onFilter} />
        <a href={exportAddress(run, filter)} download>
          {strings.exportChanges}
        </a>
      </header>
      {pages.isPending && <Skeleton lines={8} />}
      {pages.isError && <PartFailed error={pages.error} retry={pages.refetch} />}
      {count === 0 && <NoChanges filter={filter} onFilter={onFilter} />}
      <ul className={styles.deals} aria-label={strings.changes}>
        {pages.data?.pages.flatMap(({ results }) => results).map((deal) => <Deal key={deal.id} deal={deal} />)}
      </ul>
      {pages.hasNextPage && (
        <Button isPending={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
          {strings.moreChanges}
        </Button>
      )}
    </section>
  )
}

function Filters({ filter, onFilter }: Omit<RunChangesProps, 'run'>) {
  const practices = useQuery(choicesQuery).data?.practice ?? []
  const offered = {
    kind: KINDS,
    field: changeableFields().map(({ name, label }) => ({ value: name, label })),
    practice: practices.map((name) => ({ value: name, label: name })),
  }
  return (
    <div className={styles.filter} role="group" aria-label={strings.filterChanges}>
      {(['kind', 'field', 'practice'] as const).map((name) => (
        <Select
          key={name}
          label={strings[name]}
          value={filter[name] ?? ''}
          placeholder={strings.any[name]}
          options={offered[name]}
          onChange={(chosen) => onFilter({ ...filter, [name]: chosen || undefined })}
        />
      ))}
    </div>
  )
}

function NoChanges({ filter, onFilter }: Omit<RunChangesProps, 'run'>) {
  if (!Object.values(filter).some(Boolean)) return <EmptyState title={strings.noChanges}>{strings.noChangesDetail}</EmptyState>
  const clear = <Button onPress={() => onFilter({})}>{common.clearAll}</Button>
  return <EmptyState title={strings.noSuchChanges} buttons={clear} />
}

function Deal({ deal }: { deal: ChangedOpportunity }) {
  const about = [deal.opty_number, deal.customer, deal.practice].filter(Boolean).join(' · ')
  return (
    <li>
      <span>
        <Link to="/opportunities/$id" params={{ id: deal.id }}>
          {deal.name}
        </Link>
        <span className={styles.about}>{about}</span>
      </span>
      <div>
        {deal.kind !== 'changed' && <Happened deal={deal} kind={deal.kind} />}
        <ChangeLines changes={deal.changes} currency={deal.currency} />
      </div>
    </li>
  )
}

/** Say what happened to the deal as a whole; of a new one also how it stands. */
function Happened({ deal: { stage, deal_value: value, currency }, kind }: { deal: ChangedOpportunity; kind: keyof typeof LOOKS }) {
  const { tone, Icon } = LOOKS[kind]
  const stands = kind === 'new' ? [stage, value && formatMoneyShort(value, currency)] : []
  return (
    <p className={styles.happened}>
      <Badge tone={tone} icon={<Icon size={14} />}>
        {strings.changeKinds[kind]}
      </Badge>
      <span className={styles.muted}>{stands.filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function exportAddress(run: string, filter: ChangeFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString()
  return `/api/sync-history/${run}/changes/export.csv${query && `?${query}`}`
}
