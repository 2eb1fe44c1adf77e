/** Write to one opportunity: an action of the workflow, or the fields that people own. */
import { useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { putIntoLists, type Topic } from '@/api/query'
import type { AvailableAction, Opportunity, OpportunityDetail } from '@/api/types'
import type { PeopleFields } from '@/api/schema'
import type { ActionInputs } from './inputs'

/** Stand for any action: all have one shape of answer, and each a body of its own. */
type AnyAction = '/api/opportunities/{id}/actions/hold'
type AnyBody = { lock_version: number; reason: string; review_on: string }

const PAGE = { stale: ['opportunities', 'dashboard', 'people'] as Topic[], isErrorInPlace: true }

/** Send an action; `onDone` runs before what is shown follows. In a list its row stays until that is read again. */
export function useAction(
  { id, lock_version }: Opportunity,
  onDone: (after: OpportunityDetail) => void,
  where: 'page' | 'list' = 'page',
) {
  const show = useShowInLists()
  return useApiMutation(
    ({ action, inputs }: { action: Pick<AvailableAction, 'path'>; inputs: ActionInputs }) =>
      unwrap(
        api.POST(`/api/opportunities/{id}/${action.path}` as AnyAction, {
          params: { path: { id } },
          body: { ...inputs, lock_version } as unknown as AnyBody,
        }),
      ),
    {
      ...(where === 'page' ? PAGE : { stale: ['people'], opportunityId: id }),
      onSuccess: (after) => {
        if (where === 'list') show(after)
        onDone(after)
      },
    },
  )
}

/** Write the fields that people own. */
export function useOwnFields(id: string, isErrorInPlace = false) {
  return useApiMutation(
    (fields: PeopleFields) =>
      unwrap(api.PATCH('/api/opportunities/{id}', { params: { path: { id } }, body: fields })),
    { opportunityId: id, isErrorInPlace, onSuccess: useShowInLists() },
  )
}

function useShowInLists() {
  const cache = useQueryClient()
  return (row: Opportunity) => putIntoLists(cache, row)
}
