import { clsx } from 'clsx'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { readDecimal } from '@/lib/decimal'
import { useDebounced } from '@/lib/use-debounced'
import { useMedia } from '@/lib/use-media'
import { whyNoNumber } from '@/strings/numbers'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Popover } from '@/ui/Popover'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { FilterMenu } from './FilterMenus'
import { filterLabel } from './filter-labels'
import { moreWordFilters, rangeFilters, TOOLBAR_FILTERS } from './offered-filters'
import { isRelative, OFFERED, relativeWords } from './relative-times'
import { type InboxSearch, withFilter } from './search'
import { strings } from '../strings'
import styles from '../Toolbar.module.css'

const FLAGS = [
  'unseen',
  'mentioned',
  'watched',
  'overdue',
  'due_soon',
  'attention',
  'needs_requalification',
  'reopened',
  'orphan',
  'removed',
  'unscored',
  'override',
]

interface MoreFiltersProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
}

export function MoreFilters({ search, go }: MoreFiltersProps) {
  const words = [...(useMedia('(max-width: 767px)') ? TOOLBAR_FILTERS : []), ...moreWordFilters()]
  const ranges = rangeFilters()
  const names = [...words, ...ranges.map(([name]) => name), ...FLAGS]
  const isActive = names.some((name) => search.filters[name])
  return (
    <Popover
      label={strings.moreFilters}
      trigger={
        <Button className={clsx(isActive && styles.active)}>
          <SlidersHorizontal size={14} aria-hidden />
          {strings.moreFilters}
        </Button>
      }
    >
      <div className={styles.chips}>
        {words.map((name) => (
          <FilterMenu key={name} name={name} search={search} go={go} />
        ))}
      </div>
      <div className={styles.fields}>
        {ranges.map(([name, type]) => (
          <div key={name} className={styles.range}>
            <RangeField key={keyOf(search, name)} name={name} type={type} search={search} go={go} />
            <FromToday name={name} search={search} go={go} />
          </div>
        ))}
      </div>
      <div className={styles.flags}>
        {FLAGS.map((name) => (
          <Checkbox
            key={name}
            isSelected={search.filters[name]?.[0] === 'true'}
            onChange={(isOn) => go(withFilter(search, name, isOn ? ['true'] : []))}
          >
            {strings.flags[name]}
          </Checkbox>
        ))}
      </div>
    </Popover>
  )
}

/** Return a key that starts the field anew when a relative time replaces a day. */
const keyOf = (search: InboxSearch, name: string) => String(isRelative(search.filters[name]?.[0] ?? ''))

/** Choose a time relative to today, which a saved view keeps relative. */
function FromToday({ name, search, go }: MoreFiltersProps & { name: string }) {
  const offered = OFFERED[name]
  if (!offered) return null
  const now = search.filters[name]?.[0] ?? ''
  const known = isRelative(now) && !offered.includes(now) ? [now, ...offered] : offered
  return (
    <Select
      label={strings.fromToday(filterLabel(name))}
      isLabelHidden
      value={isRelative(now) ? now : ''}
      onChange={(chosen) => go(withFilter(search, name, chosen ? [chosen] : []), 'replace')}
      options={[
        { value: '', label: strings.fixedDay },
        ...known.map((value) => ({ value, label: relativeWords(value) })),
      ]}
    />
  )
}

interface RangeFieldProps extends MoreFiltersProps {
  name: string
  type: 'number' | 'date'
}

function RangeField({ name, type, search, go }: RangeFieldProps) {
  const value = search.filters[name]?.[0] ?? ''
  const now = isRelative(value) ? '' : value
  const [typed, setTyped] = useState(now)
  const settled = useDebounced(typed, 400)
  const latest = useRef(() => {})
  function ask(text: string) {
    const meant = type === 'number' ? numberIn(text) : text
    if (meant !== null && meant !== now) go(withFilter(search, name, meant ? [meant] : []), 'replace')
  }

  useEffect(() => {
    latest.current = () => {
      ask(typed)
    }
  })
  // Closed before the pause is over, it is meant all the same.
  useEffect(() => () => latest.current(), [])
  useEffect(() => {
    ask(settled)
    // oxlint-disable-next-line react/exhaustive-deps -- only what is typed asks; see SearchBox
  }, [settled])
  const label = filterLabel(name)
  const field = { label, value: typed, onChange: setTyped }
  if (type === 'date') return <TextField {...field} type="date" />
  return <TextField {...field} inputMode="decimal" error={settled ? whyNoNumber(settled) : undefined} />
}

/** Read a number; null where it cannot be read, or not yet. */
function numberIn(text: string): string | null {
  const read = text ? readDecimal(text) : { number: '' }
  return 'number' in read ? read.number : null
}
