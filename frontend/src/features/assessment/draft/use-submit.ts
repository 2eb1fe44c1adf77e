import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { ApiError } from '@/api/problem'
import { opportunityQuery } from '@/api/queries'
import type { Autosave } from './autosave'
import { type Draft, isUnsaved } from './draft'
import { unsavedFieldErrors } from './field-errors'

/** Save everything, then submit; `tries` counts attempts refused as incomplete. */
export function useSubmit(id: string, autosave: Autosave, onSubmitted: () => void) {
  const cache = useQueryClient()
  const [tries, setTries] = useState(0)
  const submit = useApiMutation(
    async () => {
      await autosave.flush()
      if (isUnsaved(autosave.draft)) throw new UnsavedError(autosave.draft)
      const { lock_version } = await cache.fetchQuery(opportunityQuery(id))
      const body = { lock_version, draft_version: autosave.draft.lockVersion }
      const params = { path: { id } }
      return unwrap(api.POST('/api/opportunities/{id}/actions/submit', { params, body }))
    },
    {
      opportunityId: id,
      isErrorInPlace: true,
      onSuccess: onSubmitted,
      onError: (error) => hasFieldErrors(error) && setTries((before) => before + 1),
    },
  )
  const failure = hasFieldErrors(submit.error) ? null : submit.error
  return { submit: () => submit.mutate(), isPending: submit.isPending, tries, failure }
}

export class UnsavedError extends Error {
  readonly hasFieldErrors: boolean

  constructor(draft: Draft) {
    super('Not everything is saved.')
    this.hasFieldErrors = draft.halt === null && Object.keys(unsavedFieldErrors(draft)).length > 0
  }
}

/** Tell whether the summary shows the error, field by field. */
function hasFieldErrors(error: Error | null): boolean {
  if (error instanceof UnsavedError) return error.hasFieldErrors
  return error instanceof ApiError && error.status === 422
}
