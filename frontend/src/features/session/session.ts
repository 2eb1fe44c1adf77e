import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { keepCsrfToken } from '@/api/csrf'
import { ownQuery } from '@/api/query'
import type { Me } from '@/api/types'
import { keepTextsOf } from '@/lib/kept-text'
import { forgetPersonal } from '@/lib/storage'

declare module '@/api/query' {
  interface OwnShapes {
    session: Me | null
  }
}

export const sessionQuery = ownQuery('session', ['other'], askSession, { staleTime: Infinity })

async function askSession({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  const session = await unwrap(api.GET('/api/session', { signal }))
  keepCsrfToken(session.csrf_token)
  if (session.me) keepTextsOf(session.me.id)
  return session.me
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
      // What is on the page, and what waits to be sent, is another person's: begin anew, and send
      // nothing of it in this one's name.
      if (before && before.id !== me.id) return location.reload()
      keepCsrfToken(token)
      keepTextsOf(me.id)
      cache.setQueryData(sessionQuery.queryKey, me)
      onSignedIn()
    },
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/session')),
    onSuccess: () => {
      forgetPersonal()
      location.assign('/')
    },
  })
}
