import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { sumsQuery } from '@/api/queries'
import { formatCount } from '@/lib/format'
import { Button } from '@/ui/Button'
import { amountsOf } from '../amounts'
import { type InboxSearch, toQuery } from '../filtering/search'
import styles from './Pager.module.css'
import { strings } from '../strings'

export const ROWS_A_PAGE = 50

interface PagerProps {
  page: number
  count: number
  shownCount: string
  hasNext: boolean
  open: (page: number) => void
}

export function Pager({ page, count, shownCount, hasNext, open }: PagerProps) {
  const first = (page - 1) * ROWS_A_PAGE + 1
  const last = Math.min(count, page * ROWS_A_PAGE)
  return (
    <nav className={styles.pager} aria-label={strings.pages}>
      <span>{strings.range(formatCount(first), formatCount(last), shownCount)}</span>
      <Button isDisabled={page <= 1} onPress={() => open(page - 1)}>
        <ChevronLeft size={14} aria-hidden />
        {strings.previous}
      </Button>
      <Button isDisabled={!hasNext} onPress={() => open(page + 1)}>
        {strings.next}
        <ChevronRight size={14} aria-hidden />
      </Button>
    </nav>
  )
}

/** Show the total value of all matches, per currency. */
export function ListSums({ search }: { search: InboxSearch }) {
  const { data } = useQuery(sumsQuery(toQuery({ ...search, ordering: '', group: '' })))
  if (!data) return null
  return <p className={styles.sums}>{amountsOf(data.values)}</p>
}
