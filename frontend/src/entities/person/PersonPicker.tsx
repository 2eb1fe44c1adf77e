import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '@/lib/format'
import { useDebounced } from '@/lib/use-debounced'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { optionsOf, PEOPLE_SHOWN, peopleQuery, type Role } from './people'
import { strings } from './strings'

interface PersonPickerProps {
  label: string
  value: string
  onChange: (id: string) => void
  ofRole?: Role
  /** Not to be chosen: it is theirs already. */
  except?: string
  error?: string
}

/** Choose a person; each shows their workload. */
export function PersonPicker({ label, value, onChange, ofRole, except, error }: PersonPickerProps) {
  const [search, setSearch] = useState('')
  const people = useQuery(peopleQuery(useDebounced(search, 250), ofRole))
  const count = people.data?.count ?? 0
  const found = people.data?.results.filter((person) => person.id !== except) ?? []
  const isSearchable = search !== '' || count > PEOPLE_SHOWN
  return (
    <>
      {isSearchable && (
        <TextField
          label={strings.search}
          value={search}
          onChange={setSearch}
          description={strings.more(formatCount(found.length), formatCount(count))}
        />
      )}
      <Select
        label={label}
        value={value}
        onChange={onChange}
        placeholder={strings.choose}
        error={error}
        options={optionsOf(found)}
      />
    </>
  )
}
