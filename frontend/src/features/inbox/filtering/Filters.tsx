import { clsx } from 'clsx'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { WordHelp } from '@/entities/help/WordHelp'
import { readDecimal } from '@/lib/decimal'
import { formatCount } from '@/lib/format'
import { useDebounced } from '@/lib/use-debounced'
import { whyNoNumber } from '@/strings/numbers'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Popover } from '@/ui/Popover'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { FilterMenu } from './FilterMenus'
import { filterLabel } from './filter-labels'
import { moreWordFilters, rangeFilters, USUAL_FILTERS } from './offered-filters'
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

interface FiltersProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
}

/** Hold every filter behind one button, the usual ones first. */
export function Filters({ search, go, onAnyOf }: FiltersProps & { onAnyOf?: () => void }) {
  const words = [...USUAL_FILTERS, ...moreWordFilters()]
  const ranges = rangeFilters()
  const active = Object.keys(search.filters).length
  return (
    <Popover
      label={strings.filters}
      trigger={
        <Button className={clsx(active > 0 && styles.active)}>
          <SlidersHorizontal size={14} aria-hidden />
          {active > 0 ? strings.filtersOn(formatCount(active)) : strings.filters}
        </Button>
      }
    >
      {(close) => (
        <>
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
              <div key={name}>
                <Checkbox
                  isSelected={search.filters[name]?.[0] === 'true'}
                  onChange={(isOn) => go(withFilter(search, name, isOn ? ['true'] : []))}
                >
                  {strings.flags[name]}
                </Checkbox>
                {name === 'orphan' && <WordHelp word="orphan" />}
              </div>
            ))}
          </div>
          {onAnyOf && (
            <Button
              className={clsx(search.filters.either && styles.active)}
              onPress={() => {
                close()
                onAnyOf()
              }}
            >
              {strings.anyOf}
            </Button>
          )}
        </>
      )}
    </Popover>
  )
}

/** Return a key that starts the field anew when a relative time replaces a day. */
const keyOf = (search: InboxSearch, name: string) => String(isRelative(search.filters[name]?.[0] ?? ''))

/** Choose a time relative to today, which a saved view keeps relative. */
function FromToday({ name, search, go }: FiltersProps & { name: string }) {
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

interface RangeFieldProps extends FiltersProps {
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
