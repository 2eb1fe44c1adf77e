import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { fieldsQuery } from '@/api/queries'
import type { Opportunity, RowResult } from '@/api/types'
import { confirmation } from '@/entities/action/strings'
import { lazyDialog } from '@/entities/release/lazy-parts'
import { useConfirmAction } from '@/entities/undo'
import { sumByCurrency } from '@/lib/amounts'
import { useCommands } from '@/lib/commands'
import { formatCount, formatMoneyShort } from '@/lib/format'
import { Button } from '@/ui/Button'
import { MOST_COMPARED, viewWords } from '@/entities/opportunity/strings'
import { sideBySide } from '../amounts'
import { strings } from '../strings'
import styles from './BulkBar.module.css'
import { bulkActions, type BulkRights } from './bulk-actions'
import type { Selection } from './selection'

const BulkDialog = lazyDialog(() => import('./BulkDialog'))
const ResultDialog = lazyDialog(() => import('./ResultDialog'))

interface BulkBarProps {
  rights: BulkRights
  selection: Selection
  count: number
  /** Select the first rows that match, as many as one action takes. */
  onSelectAll: (most: number) => void
  /** The action whose dialog is open, by its name. */
  open: string | null
  onOpen: (action: string | null) => void
}

/** Stand below the list while rows are selected. */
export function BulkBar({ rights, selection, count, onSelectAll, open, onOpen }: BulkBarProps) {
  const [refused, setRefused] = useState<{ results: RowResult[]; rows: Opportunity[] } | null>(null)
  const { data } = useQuery(fieldsQuery)
  const { rows } = selection
  const confirm = useConfirmAction()
  const most = data?.limits.bulk_rows ?? rows.length

  function finish(answers: RowResult[], asked: Opportunity[], sa?: string) {
    const done = new Set(answers.filter((each) => each.is_done).map(({ id }) => id))
    onOpen(null)
    if (done.size < answers.length) setRefused({ results: answers, rows: asked })
    const what = strings.count(done.size, formatCount(done.size))
    if (chosen && done.size > 0) confirm(confirmation(what, chosen.value, sa), chosen.value, [...done])
    selection.set(
      asked.filter(({ id }) => done.has(id)),
      false,
    )
  }

  const actions = bulkActions(data?.actions ?? [], rights, rows)
  const chosen = actions.find(({ value }) => value === open)
  useCommands(
    (rows.length > 0 ? actions : []).map(({ value, label }) => ({
      id: `bulk ${value}`,
      label,
      description: strings.selected(formatCount(rows.length)),
      run: () => onOpen(value),
    })),
  )
  return (
    <>
      {rows.length > 0 && (
        <section className={styles.bar} aria-label={strings.selected(formatCount(rows.length))}>
          <span role="status">
            {strings.selected(formatCount(rows.length))}
            <span className={styles.sums}>{sumsOf(selection)}</span>
          </span>
          {rights.hold && rows.length < Math.min(count, most) && (
            <Button kind="quiet" onPress={() => onSelectAll(most)}>
              {count > most
                ? strings.selectFirst(formatCount(most))
                : strings.selectAll(formatCount(count))}
            </Button>
          )}
          <span className={styles.buttons}>
            <Button kind="quiet" onPress={selection.clear}>
              {strings.clearSelection}
            </Button>
            <CompareLink rows={rows} />
            {actions.map(({ value, label }) => (
              <Button key={value} kind={value === 'ASSIGN' ? 'primary' : 'plain'} onPress={() => onOpen(value)}>
                {label}
              </Button>
            ))}
          </span>
        </section>
      )}
      {chosen && (
        <BulkDialog action={chosen} rows={rows} onClose={() => onOpen(null)} onDone={finish} />
      )}
      {refused && <ResultDialog {...refused} onClose={() => setRefused(null)} />}
    </>
  )
}

/** Sum per currency; amounts in two currencies are never added up. */
function sumsOf({ rows }: Selection): string {
  const amounts = rows.map(({ currency, deal_value }) => ({ currency, value: deal_value }))
  return sideBySide(sumByCurrency(amounts).map(({ currency, value }) => formatMoneyShort(value, currency)))
}

/** Lead from selected rows to their comparison, side by side. */
function CompareLink({ rows }: { rows: { id: string }[] }) {
  if (rows.length < 2) return null
  if (rows.length > MOST_COMPARED) return <Button isDisabled>{viewWords.compareLimit}</Button>
  return (
    <Link to="/compare" search={{ id: rows.map(({ id }) => id) }} className={styles.link}>
      {viewWords.compare(rows.length)}
    </Link>
  )
}
