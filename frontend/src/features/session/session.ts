import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { SAID_IN_PLACE } from '@/api/problem'
import { keepCsrfToken } from '@/api/csrf'
import { ApiError, problemOf } from '@/api/problem'
import { ownQuery } from '@/api/query'
import { heardOfSession, ownerOfPage, pageBelongsTo } from '@/api/signing-in-again'
import type { Me } from '@/api/types'
import { keepTextsOf } from '@/lib/kept-text'

declare module '@/api/query' {
  interface OwnShapes {
    session: Me | null
  }
}

/** Asked again whenever somebody comes back to the page: others may have signed in or out beside it. */
export const sessionQuery = ownQuery('session', ['other'], askSession, {
  staleTime: Infinity,
  refetchOnWindowFocus: 'always',
})

async function askSession({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  const { csrf_token, me } = await unwrap(api.GET('/api/session', { signal }))
  keepCsrfToken(csrf_token)
  const owner = ownerOfPage()
  if (owner === null) becomePageOf(me)
  else heardOfSession(me)
  // The page stays its owner's until it is loaded anew.
  return owner === null || me?.id === owner.id ? me : owner
}

/** Until it is loaded anew: what is typed here is kept for them. */
function becomePageOf(me: Me | null): void {
  pageBelongsTo(me)
  if (me) keepTextsOf(me.id)
}

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bqs:session')

export function tellOtherTabs(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  tabs?.postMessage('changed')
}

/** Who signs in or out in one tab does so in all. */
export function useOtherTabs(): void {
  const cache = useQueryClient()
  useEffect(() => {
    const ask = () => void cache.refetchQueries({ queryKey: sessionQuery.queryKey })
    tabs?.addEventListener('message', ask)
    return () => tabs?.removeEventListener('message', ask)
  }, [cache])
}

/** Who is signed in; only for what is shown to somebody who is. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) throw new Error('Nobody is signed in.')
  return data
}

interface Credentials {
  username: string
  password: string
}

export function useSignIn(onSignedIn: () => void = () => {}) {
  const cache = useQueryClient()
  return useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: async (credentials: Credentials) => {
      // The token of a session that has ended is no good any more.
      const before = await unwrap(api.GET('/api/session'))
      keepCsrfToken(before.csrf_token)
      const session = await unwrap(api.POST('/api/session', { body: credentials }))
      if (session.me === null) throw new Error('The server signed nobody in.')
      return { me: session.me, token: session.csrf_token }
    },
    onSuccess: ({ me, token }) => {
      const before = cache.getQueryData(sessionQuery.queryKey)
      tellOtherTabs()
      // What is on the page, and what waits to be sent, is another person's: begin anew, and send
      // nothing of it in this one's name.
      if (before && before.id !== me.id) return location.reload()
      keepCsrfToken(token)
      becomePageOf(me)
      cache.setQueryData(sessionQuery.queryKey, me)
      onSignedIn()
    },
  })
}

/** Who is out already, from another tab, wanted no more than that. */
export async function signOut(): Promise<void> {
  const { error, response } = await api.DELETE('/api/session')
  if (!response.ok && response.status !== 401) throw new ApiError(response, problemOf(response, error))
}
