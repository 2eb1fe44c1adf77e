import { useQueries, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { fieldsQuery, opportunitiesQuery } from '@/api/queries'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { ScrollBox } from '@/ui/ScrollBox'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Board.module.css'
import { BoardColumn, type BoardColumnProps } from './BoardColumn'
import { CARDS_A_COLUMN, columnsOf, statesOf } from './columns'
import { strings } from './strings'
import { useMoves } from './use-moves'

interface BoardProps {
  /** The list's own parameters. */
  query: Record<string, string | string[]>
  /** The same as text, for the way back. */
  from: string
  mayMove: boolean
  empty: ReactNode
  renderAction: (opportunity: OpportunityDetail, action: AvailableAction, close: () => void) => ReactNode
}

/** Show the list's opportunities in a column a state; what asks about a move stays open whatever the list does. */
export function Board({ renderAction, ...list }: BoardProps) {
  const { moving, drop, close, start } = useMoves()
  const [first, ...others] = moving?.actions ?? []
  return (
    <>
      <Columns {...list} onDrop={(id, target) => void drop(id, target)} onStart={start} />
      {moving && first && others.length === 0 && renderAction(moving.opportunity, first, close)}
      {moving && first && others.length > 0 && (
        <ChooseAction
          actions={[first, ...others]}
          onChoose={(action) => start({ ...moving, actions: [action] })}
          onClose={close}
        />
      )}
    </>
  )
}

type ColumnsProps = Omit<BoardProps, 'renderAction'> & Pick<BoardColumnProps, 'onDrop' | 'onStart'>

function Columns({ query, empty, ...column }: ColumnsProps) {
  const [isClosedOpen, openClosed] = useState(false)
  const states = statesOf(useQuery(fieldsQuery).data?.states ?? [], query)
  const answers = useQueries({
    queries: states.map(({ value }) =>
      opportunitiesQuery({ ...query, workflow_status: value, page_size: CARDS_A_COLUMN }, true),
    ),
  })
  const failed = answers.find(({ isLoadingError }) => isLoadingError)
  if (failed?.error) {
    const retry = () => answers.forEach(({ refetch }) => void refetch())
    const detail = sentenceOf(failed.error)
    return <ErrorState title={strings.failed} detail={detail} retry={{ label: common.tryAgain, onPress: retry }} />
  }
  if (answers.some(({ isPending }) => isPending)) return <Skeleton lines={16} />
  const columns = columnsOf(states, answers.map(({ data }) => data), isClosedOpen)
  if (columns.every(({ count }) => count === 0)) return empty
  return (
    <ScrollBox label={strings.label}>
      <div className={styles.board}>
        {columns.map((each) => (
          <BoardColumn key={each.state.value} {...column} column={each} query={query} onFold={openClosed} />
        ))}
      </div>
    </ScrollBox>
  )
}

interface ChooseActionProps {
  actions: [AvailableAction, ...AvailableAction[]]
  onChoose: (action: AvailableAction) => void
  onClose: () => void
}

/** Ask which action is meant where several lead to the same state. */
function ChooseAction({ actions, onChoose, onClose }: ChooseActionProps) {
  return (
    <Dialog
      title={strings.moveTo(stateLabel(actions[0].target))}
      onClose={onClose}
      size="small"
      buttons={actions.map((each) => (
        <Button key={each.action} onPress={() => onChoose(each)}>
          {each.label}
        </Button>
      ))}
    >
      {strings.choose}
    </Dialog>
  )
}
