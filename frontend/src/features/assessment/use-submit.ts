import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { ApiError } from '@/api/problem'
import { opportunityKeys, opportunityQuery } from '@/entities/opportunity/queries'
import type { Autosave } from './autosave'
import { isUnsaved } from './draft'

/** Everything is saved before it is submitted; `tries` counts what was refused as incomplete. */
export function useSubmit(id: string, autosave: Autosave, onSubmitted: () => void) {
  const cache = useQueryClient()
  const [tries, setTries] = useState(0)
  const submit = useMutation({
    mutationFn: async () => {
      await autosave.flush()
      if (isUnsaved(autosave.draft)) throw new Unsaved()
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
      if (error instanceof ApiError && error.status === 422) setTries((before) => before + 1)
      // What was seen is not what there is: look again before the next try.
      else void cache.invalidateQueries({ queryKey: opportunityKeys.detail(id) })
    },
  })
  const failure = submit.error instanceof ApiError && submit.error.status === 422 ? null : submit.error
  return { submit: () => submit.mutate(), isPending: submit.isPending, tries, failure }
}

export class Unsaved extends Error {}
