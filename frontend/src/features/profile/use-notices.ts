import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { Me } from '@/api/types'

/** Return whether the person gets notices by e-mail, and how to switch them. */
export function useNotices(me: Me) {
  const [areWanted, setWanted] = useState(me.wants_notices)
  const { mutate } = useApiMutation(
    (wants: boolean) => unwrap(api.PATCH('/api/me', { body: { wants_notices: wants } })),
    { onSuccess: (answer) => setWanted(answer.wants_notices), onError: () => setWanted(areWanted), scope: { id: 'notices' } },
  )
  function want(wants: boolean) {
    setWanted(wants)
    mutate(wants)
  }
  return { areWanted, want }
}
