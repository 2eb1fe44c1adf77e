import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { SAID_IN_PLACE, sentenceOf } from '@/api/problem'
import { formatDecimal } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import type { Autosave } from './autosave'
import { carriedOver } from './carried-over'
import { sameCustomerQuery, versionQuery, versionsQuery } from './queries'
import { carryWords } from './strings'
import type { Content } from './types'

interface CarryOverProps {
  opportunityId: string
  customer: string
  content: Content
  autosave: Autosave
  onCarried: (codes: string[]) => void
}

/** An empty form may begin with what was said of the same customer the last time. */
export function CarryOver({ opportunityId, customer, content, autosave, onCarried }: CarryOverProps) {
  const cache = useQueryClient()
  const { data } = useQuery(sameCustomerQuery(customer))
  const source = data?.results.find((row) => row.id !== opportunityId && row.score !== null)
  const carry = useMutation({
    meta: SAID_IN_PLACE,
    mutationFn: async (id: string) => {
      const versions = await cache.fetchQuery(versionsQuery(id))
      const latest = versions.results.find((version) => version.submitted_at !== null)
      return latest && cache.fetchQuery(versionQuery(id, latest.version_no))
    },
    onSuccess: (version) => {
      const values = version ? carriedOver(content, version) : {}
      for (const [name, value] of Object.entries(values)) autosave.type(name, value)
      onCarried([...new Set(Object.keys(values).map((name) => name.split('.')[0] ?? ''))])
    },
  })
  if (!source) return null
  return (
    <Notice
      button={
        <Button isPending={carry.isPending} onPress={() => carry.mutate(source.id)}>
          {carryWords.take}
        </Button>
      }
    >
      {carryWords.offer(source.name, formatDecimal(source.score))}
      {carry.isError && <p role="alert">{sentenceOf(carry.error)}</p>}
    </Notice>
  )
}
