import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { keepCsrfToken } from '@/api/csrf'
import { ApiError, problemOf } from '@/api/problem'
import { customQuery } from '@/api/query'
import { checkSessionOwner, pageOwner, setPageOwner } from '@/api/session-owner'
import type { Me } from '@/api/types'
import { setInputOwner } from '@/lib/persisted-input'

declare module '@/api/query' {
  interface CustomData {
    session: Me | null
  }
}

/** Asked again whenever somebody comes back to the page: others may have signed in or out beside it. */
export const sessionQuery = customQuery('session', ['other'], askSession, {
  staleTime: Infinity,
  refetchOnWindowFocus: 'always',
})

async function askSession({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  const { csrf_token, me } = await unwrap(api.GET('/api/session', { signal }))
  keepCsrfToken(csrf_token)
  const owner = pageOwner()
  if (owner === null) takeOwnership(me)
  else checkSessionOwner(me)
  // The page stays its owner's until it is loaded anew.
  return owner === null || me?.id === owner.id ? me : owner
}

/** Make the page theirs until it is reloaded: text typed here is kept for them. */
function takeOwnership(me: Me | null): void {
  setPageOwner(me)
  if (me) setInputOwner(me.id)
}

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('bqs:session')

export function tellOtherTabs(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  tabs?.postMessage('changed')
}

/** Follow sign-ins and sign-outs in other tabs. */
export function useOtherTabs(): void {
  const cache = useQueryClient()
  useEffect(() => {
    const ask = () => void cache.refetchQueries({ queryKey: sessionQuery.queryKey })
    tabs?.addEventListener('message', ask)
    return () => tabs?.removeEventListener('message', ask)
  }, [cache])
}

/** Return who is signed in; for parts shown only to them. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) throw new Error('Nobody is signed in.')
  return data
}

interface Credentials {
  username: string
  password: string
}

/** Return where to continue a sign-in after the password, and back to this page. */
export function placeToContinue(error: unknown): string | null {
  const place = error instanceof ApiError && error.problem.continue_at
  return place ? `${place}?next=${encodeURIComponent(location.pathname + location.search)}` : null
}

export function useSignIn(onSignedIn: () => void = () => {}) {
  const cache = useQueryClient()
  return useApiMutation(
    async (credentials: Credentials) => {
      // The token of a session that has ended is no good any more.
      const before = await unwrap(api.GET('/api/session'))
      keepCsrfToken(before.csrf_token)
      const session = await unwrap(api.POST('/api/session', { body: credentials }))
      if (session.me === null) throw new Error('The server signed nobody in.')
      return { me: session.me, token: session.csrf_token }
    },
    {
      isErrorInPlace: true,
      onSuccess: ({ me, token }) => {
        const before = cache.getQueryData(sessionQuery.queryKey)
        tellOtherTabs()
        // What is on the page, and what waits to be sent, is another person's: begin anew, and send
        // nothing of it in this one's name.
        if (before && before.id !== me.id) return location.reload()
        keepCsrfToken(token)
        takeOwnership(me)
        cache.setQueryData(sessionQuery.queryKey, me)
        onSignedIn()
      },
    },
  )
}

/** Sign out; already signed out in another tab is fine. Return where a single sign-on ends. */
export async function signOut(): Promise<string | undefined> {
  const { data, error, response } = await api.DELETE('/api/session')
  if (!response.ok && response.status !== 401) throw new ApiError(response, problemOf(response, error))
  return data?.continue_at
}
