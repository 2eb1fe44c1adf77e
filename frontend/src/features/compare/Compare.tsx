import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EqualNot, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ApiError, sentenceOf } from '@/api/problem'
import { opportunityQuery, scoredVersionQuery } from '@/api/queries'
import { common } from '@/strings/common'
import { IconButton } from '@/ui/IconButton'
import { Checkbox } from '@/ui/Checkbox'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { focusBeside } from '@/ui/focus'
import { ScrollBox } from '@/ui/ScrollBox'
import { Skeleton } from '@/ui/Skeleton'
import styles from './Compare.module.css'
import { type Compared, type CompareRow, crmRows, readIds, scoreRows, workRows } from './compare'
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

interface CompareTableProps {
  compared: Compared[]
  isOnlyDifferent: boolean
  onRemove: (id: string) => void
}

function CompareTable({ compared, isOnlyDifferent, onRemove }: CompareTableProps) {
  const remove = (button: Element, id: string) => {
    focusBeside(button, 'tr')
    onRemove(id)
  }
  const sections: [string, CompareRow[]][] = [
    [strings.sections.crm, crmRows(compared)],
    [strings.sections.work, workRows(compared)],
    [strings.sections.criteria, scoreRows(compared)],
  ]
  const shown = sections
    .map(([title, rows]) => [title, rows.filter((row) => row.isDifferent || !isOnlyDifferent)] as const)
    .filter(([, rows]) => rows.length > 0)
  if (shown.length === 0) return <p role="status">{strings.same}</p>
  return (
    <ScrollBox label={strings.table}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.fact}</th>
            {compared.map(({ opportunity: { id, name, opty_number: number } }) => (
              <th key={id} scope="col">
                <div className={styles.deal}>
                  <span>
                    <Link to="/opportunities/$id" params={{ id }}>
                      {name}
                    </Link>
                    <span className={styles.number}>{number}</span>
                  </span>
                  <IconButton icon={X} label={strings.remove(name)} onPress={({ target }) => remove(target, id)} />
                </div>
              </th>
            ))}
          </tr>
        </thead>
        {shown.map(([title, rows]) => (
          <Section key={title} title={title} rows={rows} columns={compared.length + 1} />
        ))}
      </table>
    </ScrollBox>
  )
}

function Section({ title, rows, columns }: { title: string; rows: CompareRow[]; columns: number }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns} className={styles.section}>
          <span>{title}</span>
        </th>
      </tr>
      {rows.map(({ label, values, isDifferent }) => (
        <tr key={label} data-different={isDifferent || undefined}>
          <th scope="row">
            {label}
            {isDifferent && <EqualNot size={14} role="img" aria-label={strings.different} className={styles.mark} />}
          </th>
          {values.map((value, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a value has nothing of its own but its column
            <td key={place}>{value}</td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
