import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { choicesQuery, dashboardQuery, opportunityKeys } from '@/api/queries'
import type { Me } from '@/api/types'
import { Loaded } from '@/entities/Loaded'
import { peopleQuery, useNamesOf } from '@/entities/person/people'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { LoadTogether } from '@/ui/LoadTogether'
import { PageTitle } from '@/ui/PageTitle'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { When } from '@/ui/When'
import styles from './Dashboard.module.css'
import { type DashboardFilter, EACH, queryOf } from './filter'
import { words } from './strings'
import type { DashboardFigures } from './types'
import { Flow } from './widgets/Flow'
import { Glance } from './widgets/Glance'
import { Loads } from './widgets/Loads'
import { Quality } from './widgets/Quality'

interface DashboardProps {
  me: Me
  filter: DashboardFilter
  onFilter: (filter: DashboardFilter) => void
}

export function Dashboard({ me, filter, onFilter }: DashboardProps) {
  const query = useQuery(dashboardQuery(queryOf(filter)))
  const { data } = query
  return (
    <>
      <PageTitle title={words.title}>{data && <Stamp figures={data} />}</PageTitle>
      <FilterBar filter={filter} period={data?.period} reporting={data?.reporting.currency} onChange={onFilter} />
      <Loaded query={query} lines={12}>
        {(figures) => (
          <LoadTogether queryKey={opportunityKeys.all}>
            <div className={styles.questions} aria-busy={query.isPlaceholderData}>
              {isEmpty(figures) ? (
                <NothingThere filter={filter} onFilter={onFilter} />
              ) : (
                <>
                  <Glance figures={figures} />
                  <Flow figures={figures} filter={filter} />
                  <Loads figures={figures} filter={filter} me={me} />
                  <Quality figures={figures} filter={filter} />
                </>
              )}
            </div>
          </LoadTogether>
        )}
      </Loaded>
    </>
  )
}

function Stamp({ figures: { synced_at: at } }: { figures: DashboardFigures }) {
  return <span className={styles.stamp}>{at === null ? words.neverSynced : <>{words.asOf} <When at={at} /></>}</span>
}

function isEmpty({ summary }: DashboardFigures): boolean {
  return summary.figures.every(({ count }) => count === 0)
}

function NothingThere({ filter, onFilter }: Omit<DashboardProps, 'me'>) {
  if (Object.values(filter).some(Boolean)) {
    const clear = <Button onPress={() => onFilter({})}>{words.clear}</Button>
    return <EmptyState title={words.noneMatch} buttons={clear} />
  }
  return (
    <EmptyState title={words.noneYet}>
      {words.noneYetDetail} <Link to="/syncs">{common.syncs}</Link>
    </EmptyState>
  )
}

interface FilterBarProps {
  filter: DashboardFilter
  period: { first: string; last: string } | undefined
  /** The currency that amounts are in, where they are added up. */
  reporting: string | null | undefined
  onChange: (filter: DashboardFilter) => void
}

function FilterBar({ filter, period, reporting, onChange }: FilterBarProps) {
  const choices = useQuery(choicesQuery).data
  const people = useQuery(peopleQuery('', 'SA')).data?.results ?? []
  const chosen = filter.assigned_sa ?? ''
  const names = useNamesOf(people.some(({ id }) => id === chosen) ? [] : [chosen])
  const sas = [
    { value: 'me', label: words.me },
    { value: 'none', label: words.nobody },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ]
  const menus = [
    ['practice', words.practice, optionsOf(choices?.practice)],
    ['geo', words.geo, optionsOf(choices?.geo)],
    ['sector', words.sector, optionsOf(choices?.sector)],
    ['assigned_sa', words.sa, sas],
    ['currency', words.currency, [{ value: EACH, label: words.each }, ...optionsOf(choices?.currency)]],
  ] as const
  return (
    <div className={styles.filter} role="group" aria-label={words.filter}>
      {menus.map(([name, label, options]) => (
        <Select
          key={name}
          label={label}
          value={filter[name] ?? ''}
          placeholder={name === 'currency' && reporting ? words.allIn(reporting) : words.all}
          options={options}
          onChange={(value) => onChange({ ...filter, [name]: value || undefined })}
        />
      ))}
      <TextField
        label={words.from}
        type="date"
        value={filter.period_from ?? period?.first ?? ''}
        onChange={(day) => onChange({ ...filter, period_from: day || undefined })}
      />
      <TextField
        label={words.to}
        type="date"
        value={filter.period_to ?? period?.last ?? ''}
        onChange={(day) => onChange({ ...filter, period_to: day || undefined })}
      />
      {Object.values(filter).some(Boolean) && (
        <Button onPress={() => onChange({})}>{words.clear}</Button>
      )}
    </div>
  )
}

function optionsOf(names: string[] | undefined) {
  return (names ?? []).map((name) => ({ value: name, label: name }))
}
