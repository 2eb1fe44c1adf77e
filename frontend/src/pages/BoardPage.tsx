import { Navigate } from '@tanstack/react-router'
import type { AvailableAction, OpportunityDetail } from '@/api/types'
import { Board } from '@/features/board/Board'
import { strings } from '@/features/board/strings'
import { NothingFound } from '@/features/inbox/filtering/NothingFound'
import { inOrder, toQuery, toText } from '@/features/inbox/filtering/search'
import { useInboxSearch } from '@/features/inbox/filtering/use-inbox-search'
import { bulkRightsOf } from '@/features/inbox/selecting/bulk-actions'
import { ActionDialog } from '@/features/opportunity/actions/ActionDialog'
import { IN_THE_FORM } from '@/features/opportunity/actions/decision-actions'
import { useMe } from '@/features/session/session'
import { ListHead } from './ListHead'

export default function BoardPage() {
  const { search, go } = useInboxSearch()
  const me = useMe()
  const list = inOrder({ ...search, group: '' })
  return (
    <ListHead title={strings.title} search={search} go={go}>
      <Board
        query={toQuery(list)}
        from={toText(list)}
        mayMove={bulkRightsOf(me).hold}
        empty={<NothingFound search={search} go={go} />}
        renderAction={renderAction}
      />
    </ListHead>
  )
}

function renderAction(opportunity: OpportunityDetail, action: AvailableAction, close: () => void) {
  if (IN_THE_FORM.includes(action.action)) {
    return <Navigate to="/opportunities/$id/assessment" params={{ id: opportunity.id }} />
  }
  // Its comments are written beside the answers.
  if (action.action === 'RETURN') return <Navigate to="/opportunities/$id/review" params={{ id: opportunity.id }} />
  return <ActionDialog opportunity={opportunity} action={action} computed={opportunity.recommendation} onClose={close} />
}
