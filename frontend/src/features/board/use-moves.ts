import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { opportunityQuery } from '@/api/queries'
import type { AvailableAction, OpportunityDetail, WorkflowStatus } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { toast } from '@/ui/Toast'
import { moveTo } from './columns'
import { strings } from './strings'

/** A card on its way: one action is asked about, of several one is chosen first. */
export interface Moving {
  opportunity: OpportunityDetail
  actions: AvailableAction[]
}

/** Move cards by the actions that the server offers now; a refused one stays where it is. */
export function useMoves() {
  const cache = useQueryClient()
  const [moving, setMoving] = useState<Moving | null>(null)

  async function drop(id: string, target: WorkflowStatus) {
    try {
      const opportunity = await cache.fetchQuery({ ...opportunityQuery(id), staleTime: 0 })
      if (opportunity.workflow_status === target) return
      const move = moveTo(opportunity, target)
      if ('actions' in move) setMoving({ opportunity, actions: move.actions })
      else toast({ kind: 'failed', text: move.refusal ?? noWay(opportunity.workflow_status, target) })
    } catch (error) {
      toast({ kind: 'failed', text: sentenceOf(error) })
    }
  }

  return { moving, drop, close: () => setMoving(null), start: setMoving }
}

function noWay(from: WorkflowStatus, to: WorkflowStatus): string {
  if (from === 'CLOSED_IN_CRM') return strings.closed
  return strings.noWay(stateLabel(from), stateLabel(to))
}
