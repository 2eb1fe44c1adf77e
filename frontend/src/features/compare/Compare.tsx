import { useQueries } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, sentenceOf } from '@/api/problem'
import { opportunityQuery, scoredVersionQuery } from '@/api/queries'
import { common } from '@/strings/common'
import { Checkbox } from '@/ui/Checkbox'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Compare.module.css'
import { CompareTable } from './CompareTable'
import { readIds } from './compare'
import { strings } from './strings'

interface CompareProps {
  /** As the address has them. */
  asked: string | string[] | undefined
  onIds: (ids: string[]) => void
  wayToInbox: ReactNode
}

/** Show up to four opportunities side by side; what nobody shows this person is left out, and said. */
export function Compare({ asked, onIds, wayToInbox }: CompareProps) {
  const [isOnlyDifferent, showOnly] = useState(false)
  const { ids, isCut } = readIds(asked)
  const deals = useQueries({ queries: ids.map((id) => opportunityQuery(id)) })
  const versions = useQueries({ queries: ids.map((id) => scoredVersionQuery(id)) })
  const all = [...deals, ...versions]
  if (all.some(({ isPending }) => isPending)) return <Skeleton lines={16} />
  const failed = all.find(({ error }) => error !== null && !isNotInSight(error))
  if (failed?.error) {
    const retry = () => all.forEach(({ refetch }) => void refetch())
    const detail = sentenceOf(failed.error)
    return <ErrorState title={common.pageFailed} detail={detail} retry={{ label: common.tryAgain, onPress: retry }} />
  }
  const compared = deals.flatMap(({ data }, place) =>
    data ? [{ opportunity: data, version: versions[place]?.data ?? null }] : [],
  )
  const missing = ids.length - compared.length
  return (
    <div className={styles.compare}>
      {isCut && <p role="status">{strings.tooMany}</p>}
      {missing > 0 && <p role="status">{strings.notInSight(missing)}</p>}
      {compared.length === 0 && (
        <EmptyState title={strings.empty} buttons={wayToInbox}>
          {strings.emptyDetail}
        </EmptyState>
      )}
      {compared.length > 1 && (
        <Checkbox isSelected={isOnlyDifferent} onChange={showOnly}>
          {strings.onlyDifferent}
        </Checkbox>
      )}
      {compared.length > 0 && (
        <CompareTable
          compared={compared}
          isOnlyDifferent={isOnlyDifferent && compared.length > 1}
          onRemove={(id) => onIds(ids.filter((each) => each !== id))}
        />
      )}
    </div>
  )
}

function isNotInSight(error: Error): boolean {
  return error instanceof ApiError && error.status === 404
}
