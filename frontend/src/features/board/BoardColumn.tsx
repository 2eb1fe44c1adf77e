import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { useId } from 'react'
import { GridList, useDragAndDrop } from 'react-aria-components'
import type { WorkflowStatus } from '@/api/types'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { formatCount } from '@/lib/format'
import { Button } from '@/ui/Button'
import styles from './Board.module.css'
import { Card } from './Card'
import { type Column, isClosed } from './columns'
import { strings } from './strings'
import type { Moving } from './use-moves'

const DEAL = 'application/x-bqs-opportunity'

export interface BoardColumnProps {
  column: Column
  query: Record<string, string | string[]>
  from: string
  mayMove: boolean
  onDrop: (id: string, target: WorkflowStatus) => void
  onStart: (moving: Moving) => void
  onFold: (isOpen: boolean) => void
}

/** Show a state with its first cards; cards are dropped on it as a whole. */
export function BoardColumn({ column, query, from, mayMove, onDrop, onStart, onFold }: BoardColumnProps) {
  const { state, count, rows, isFolded } = column
  const dragAndDropHooks = useCardDrops(column, mayMove, onDrop)
  const headingId = useId()
  const cards = isFolded ? [] : rows
  return (
    <section className={clsx(styles.column, isFolded && styles.folded)} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.heading}>
        <StatusBadge status={state.value} />
        <span className={styles.count}>{formatCount(count)}</span>
      </h2>
      <GridList
        aria-label={strings.columnOf(state.label, formatCount(count))}
        className={styles.cards}
        items={cards}
        dependencies={[from, mayMove]}
        dragAndDropHooks={dragAndDropHooks}
        keyboardNavigationBehavior="tab"
      >
        {(row) => <Card row={row} from={from} mayMove={mayMove} onStart={onStart} />}
      </GridList>
      {isClosed(state) && count > 0 && (
        <Button kind="quiet" onPress={() => onFold(isFolded)}>
          {isFolded ? strings.unfold(state.label) : strings.fold(state.label)}
        </Button>
      )}
      {count > cards.length && !isFolded && (
        <Link to="/inbox" search={{ ...query, workflow_status: state.value }} className={styles.all}>
          {strings.showAll(formatCount(count))}
        </Link>
      )}
    </section>
  )
}

function useCardDrops({ state, rows }: Column, mayMove: boolean, onDrop: BoardColumnProps['onDrop']) {
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !mayMove,
    getItems: (keys) =>
      [...keys].map((key) => ({
        [DEAL]: String(key),
        'text/plain': rows.find(({ id }) => id === key)?.name ?? '',
      })),
    acceptedDragTypes: [DEAL],
    getDropOperation: () => 'move',
    onRootDrop: async ({ items }) => {
      for (const item of items) {
        if (item.kind === 'text' && item.types.has(DEAL)) onDrop(await item.getText(DEAL), state.value)
      }
    },
  })
  return dragAndDropHooks
}
