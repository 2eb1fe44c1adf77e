import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { Me } from '@/api/types'

/** Return whether the person gets notices by e-mail, and how to switch them; `keep` takes the server's answer. */
export function useNotices(me: Me, keep: (me: Me) => void) {
  const [areWanted, setWanted] = useState(me.wants_notices)
  const { mutate } = useApiMutation(
    (wants: boolean) => unwrap(api.PATCH('/api/me', { body: { wants_notices: wants } })),
    { onSuccess: keep, onError: (_, wants) => setWanted(!wants), scope: { id: 'notices' } },
  )
  function want(wants: boolean) {
    setWanted(wants)
    mutate(wants)
  }
  return { areWanted, want }
}
