import { useQuery } from '@tanstack/react-query'
import { choicesQuery } from '@/api/queries'
import { peopleQuery, useNamesOf } from '@/entities/person/people'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { type DashboardFilter, EACH } from './filter'
import styles from './Dashboard.module.css'
import { words } from './strings'

interface FilterBarProps {
  filter: DashboardFilter
  period: { first: string; last: string } | undefined
  /** The currency that amounts are in, where they are added up. */
  reporting: string | null | undefined
  onChange: (filter: DashboardFilter) => void
}

export function FilterBar({ filter, period, reporting, onChange }: FilterBarProps) {
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
