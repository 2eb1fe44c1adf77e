import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { ApiError, SAID_IN_PLACE } from '@/api/problem'
import { opportunityKeys, opportunityQuery } from '@/entities/opportunity/queries'
import type { Autosave } from './autosave'
import { type Draft, isUnsaved } from './draft'
import { unsavedIn } from './to-mend'

/** Everything is saved before it is submitted; `tries` counts what was refused as incomplete. */
export function useSubmit(id: string, autosave: Autosave, onSubmitted: () => void) {
  const cache = useQueryClient()
  const [tries, setTries] = useState(0)
  const submit = useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: async () => {
      await autosave.flush()
      if (isUnsaved(autosave.draft)) throw new Unsaved(autosave.draft)
      const { lock_version } = await cache.fetchQuery(opportunityQuery(id))
      const body = { lock_version, draft_version: autosave.draft.lockVersion }
      const params = { path: { id } }
      return unwrap(api.POST('/api/opportunities/{id}/actions/submit', { params, body }))
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: opportunityKeys.all })
      onSubmitted()
    },
    onError: (error) => {
      if (isToMend(error)) setTries((before) => before + 1)
      // What was seen is not what there is: look again before the next try.
      else void cache.invalidateQueries({ queryKey: opportunityKeys.detail(id) })
    },
  })
  const failure = isToMend(submit.error) ? null : submit.error
  return { submit: () => submit.mutate(), isPending: submit.isPending, tries, failure }
}

export class Unsaved extends Error {
  readonly isToMend: boolean

  constructor(draft: Draft) {
    super('Not everything is saved.')
    this.isToMend = draft.halt === null && Object.keys(unsavedIn(draft)).length > 0
  }
}

/** The summary says what, field by field. */
function isToMend(error: Error | null): boolean {
  if (error instanceof Unsaved) return error.isToMend
  return error instanceof ApiError && error.status === 422
}
