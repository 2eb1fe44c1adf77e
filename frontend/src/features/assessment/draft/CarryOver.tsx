import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useApiMutation } from '@/api/mutation'
import { sentenceOf } from '@/api/problem'
import { formatDecimal } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import type { Autosave } from './autosave'
import { opportunitiesQuery, scoredVersionQuery } from '@/api/queries'
import { carryWords } from '../strings'
import type { Content, VersionDetail } from '../types'
import { answerOf, commentOf, criteriaIn, type Values, valuesOf } from './values'

interface CarryOverProps {
  opportunityId: string
  customer: string
  content: Content
  autosave: Autosave
  onCarried: (codes: string[]) => void
}

/** Offer to fill an empty form with the customer's last assessment. */
export function CarryOver({ opportunityId, customer, content, autosave, onCarried }: CarryOverProps) {
  const cache = useQueryClient()
  const { data } = useQuery(
    opportunitiesQuery({ customer: [customer], ordering: ['-status_entered_at'], page_size: 50 }),
  )
  const source = data?.results.find((row) => row.id !== opportunityId && row.score !== null)
  const carry = useApiMutation((id: string) => cache.fetchQuery(scoredVersionQuery(id)), {
    isErrorInPlace: true,
    onSuccess: fill,
  })

  function fill(version: VersionDetail | null) {
    const values = version ? carriedOver(content, version) : {}
    for (const [name, value] of Object.entries(values)) autosave.type(name, value)
    onCarried([...new Set(Object.keys(values).map((name) => name.split('.')[0] ?? ''))])
  }

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

/** Copy answers and comments of criteria that this template has too; checks belong to their own deal. */
export function carriedOver(content: Content, version: VersionDetail): Values {
  const theirs = valuesOf(version)
  const names = criteriaIn(content).flatMap(({ code }) => [answerOf(code), commentOf(code)])
  return Object.fromEntries(names.flatMap((name) => (theirs[name] ? [[name, theirs[name]]] : [])))
}
