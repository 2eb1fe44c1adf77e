import { useState } from 'react'
import type { Opportunity, RowResult } from '@/api/types'
import { lazyDialog } from '@/entities/release/lazily'
import { sumByCurrency } from '@/lib/amounts'
import { useCommands } from '@/lib/commands'
import { formatCount, formatMoneyShort } from '@/lib/format'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/Toast'
import { sideBySide } from './amounts'
import styles from './BulkBar.module.css'
import type { BulkOrder } from './bulk'
import { MOST_SELECTED } from './queries'
import type { BulkRights, Selection } from './selection'
import { strings } from './strings'

const BulkDialog = lazyDialog(() => import('./BulkDialog'))
const ResultDialog = lazyDialog(() => import('./ResultDialog'))

export type BulkAction = BulkOrder['action']

interface BulkBarProps {
  rights: BulkRights
  selection: Selection
  count: number
  onSelectAll: () => void
  open: BulkAction | null
  onOpen: (action: BulkAction | null) => void
}

/** Below the list while rows are selected. */
export function BulkBar({ rights, selection, count, onSelectAll, open, onOpen }: BulkBarProps) {
  const [refused, setRefused] = useState<{ results: RowResult[]; rows: Opportunity[] } | null>(null)
  const { rows } = selection
  const isAnyHeld = rows.some((row) => row.workflow_status === 'ON_HOLD')

  function finish(answers: RowResult[], asked: Opportunity[]) {
    const done = new Set(answers.filter((each) => each.is_done).map(({ id }) => id))
    onOpen(null)
    if (done.size < answers.length) setRefused({ results: answers, rows: asked })
    else toast({ kind: 'done', text: strings.done(formatCount(done.size)) })
    selection.set(
      asked.filter(({ id }) => done.has(id)),
      false,
    )
  }

  const offered: BulkAction[] = [
    ...(rights.assign ? (['assign', 'noBid'] as const) : []),
    'hold',
    ...(isAnyHeld ? (['resume'] as const) : []),
  ]
  useCommands(
    (rows.length > 0 ? offered : []).map((action) => ({
      id: `bulk ${action}`,
      label: strings[action],
      description: strings.selected(formatCount(rows.length)),
      run: () => onOpen(action),
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
          {rows.length < Math.min(count, MOST_SELECTED) && (
            <Button kind="quiet" onPress={onSelectAll}>
              {count > MOST_SELECTED
                ? strings.selectFirst(formatCount(MOST_SELECTED))
                : strings.selectAll(formatCount(count))}
            </Button>
          )}
          <span className={styles.buttons}>
            <Button kind="quiet" onPress={selection.clear}>
              {strings.clearSelection}
            </Button>
            {rights.assign && <Button onPress={() => onOpen('noBid')}>{strings.noBid}</Button>}
            {isAnyHeld && <Button onPress={() => onOpen('resume')}>{strings.resume}</Button>}
            <Button onPress={() => onOpen('hold')}>{strings.hold}</Button>
            {rights.assign && (
              <Button kind="primary" onPress={() => onOpen('assign')}>
                {strings.assign}
              </Button>
            )}
          </span>
        </section>
      )}
      {open && (
        <BulkDialog action={open} rows={rows} onClose={() => onOpen(null)} onDone={finish} />
      )}
      {refused && <ResultDialog {...refused} onClose={() => setRefused(null)} />}
    </>
  )
}

/** Per currency; they are never added up together. */
function sumsOf({ rows }: Selection): string {
  const amounts = rows.map(({ currency, deal_value }) => ({ currency, value: deal_value }))
  return sideBySide(sumByCurrency(amounts).map(({ currency, value }) => formatMoneyShort(value, currency)))
}
