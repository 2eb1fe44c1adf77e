import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { opportunitiesQuery } from '@/api/queries'
import { ApiError, sentenceOf } from '@/api/problem'
import { lazyPart } from '@/entities/release/lazy-parts'
import { formatListCount } from '@/lib/format'
import { PHONE, useMedia } from '@/lib/use-media'
import { common } from '@/strings/common'
import { useAnnounced } from '@/ui/Announcer'
import { toast } from '@/ui/Toast'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { BulkBar } from '../selecting/BulkBar'
import styles from '../Inbox.module.css'
import { Cards } from './Cards'
import { InboxTable } from './InboxTable'
import type { Layout } from '../layout/layout'
import { ListSums } from './Pager'
import type { PreviewProps } from './Preview'
import { NothingFound } from '../filtering/NothingFound'
import { Pager, ROWS_A_PAGE } from './Pager'
import { EMPTY_SEARCH, type InboxSearch, inOrder, toQuery, toText } from '../filtering/search'
import type { BulkRights } from '../selecting/bulk-actions'
import { usePrunedSelection, useSelection } from '../selecting/selection'
import { useShortcuts } from '@/lib/shortcuts'
import { strings } from '../strings'
import { useRowCursor } from '../selecting/use-row-cursor'

const PreviewPane = lazyPart(() => import('./PreviewPane'))
const QUIET_MS = 500

interface ListProps {
  search: InboxSearch
  go: (search: InboxSearch, how?: 'push' | 'replace') => void
  layout: Layout
  rights: BulkRights
  actions: PreviewProps['actions']
  hasShortcuts: boolean
  onSearch: () => void
  onHelp: () => void
}

/** Show the rows, the selection and the preview. */
export function List({ search, go, layout, rights, actions, hasShortcuts, onSearch, onHelp }: ListProps) {
  const cache = useQueryClient()
  const isPhone = useMedia(PHONE)
  const list = useQuery(opportunitiesQuery({ ...toQuery(inOrder(search)), page: search.page, page_size: ROWS_A_PAGE }, true))
  const from = toText(inOrder(search))
  const selection = useSelection(from)
  const [action, openAction] = useState<string | null>(null)
  const rows = list.data?.results ?? []
  const count = list.data?.count ?? 0
  const shownCount = list.data ? formatListCount(list.data) : ''
  const cursor = useRowCursor(rows, from, search.page)
  const isStale = list.isPlaceholderData
  const preview = (row: string) => go({ ...search, row }, 'replace')
  usePrunedSelection(selection, isStale ? null : list.data?.results, `${from} ${search.page}`)
  useAnnounced(isStale || !list.data ? null : strings.count(count, shownCount), QUIET_MS)
  const rowKeys = {
    j: cursor.next,
    k: cursor.previous,
    Enter: () => !isStale && cursor.open(),
    r: () => !isStale && cursor.review(),
    x: () => cursor.row && !isStale && selection.toggle(cursor.row),
    p: () => cursor.row && preview(search.row === cursor.row.id ? '' : cursor.row.id),
  }
  useShortcuts(
    {
      '/': onSearch,
      '?': onHelp,
      a: () => rights.assign && selection.rows.length > 0 && openAction('ASSIGN'),
      // Cards show no cursor.
      ...(isPhone ? {} : rowKeys),
    },
    hasShortcuts,
  )

  async function selectAll(most: number) {
    try {
      const { results } = await cache.fetchQuery(opportunitiesQuery({ ...toQuery(inOrder(search)), page_size: most }))
      selection.set(results, true)
    } catch (error) {
      toast({ kind: 'failed', text: sentenceOf(error) })
    }
  }

  if (list.isPending) return <Skeleton lines={16} />
  if (list.isLoadingError) {
    const clear = () => go({ ...EMPTY_SEARCH, tab: 'all' })
    return <Failed error={list.error} retry={() => void list.refetch()} clear={clear} />
  }
  if (rows.length === 0 && !isStale) return <NothingFound search={search} go={go} />
  const open = rows.find((row) => row.id === search.row)
  return (
    <>
      <div className={styles.split}>
        <div className={styles.list}>
          {isPhone ? (
            <Cards
              rows={rows}
              groups={list.data.groups}
              group={search.group}
              from={from}
              selection={selection}
              onPreview={preview}
              isStale={isStale}
            />
          ) : (
            <InboxTable
              rows={rows}
              from={from}
              groups={list.data.groups}
              search={search}
              go={go}
              layout={layout}
              selection={selection}
              cursor={cursor.place}
              onCursor={cursor.to}
              onPreview={preview}
              isStale={isStale}
            />
          )}
        </div>
        {open && (
          <PreviewPane id={open.id} name={open.name} from={from} actions={actions} onClose={() => preview('')} />
        )}
      </div>
      <div className={styles.foot}>
        <ListSums search={search} />
        <Pager
          page={search.page}
          count={count}
          shownCount={shownCount}
          hasNext={list.data.next !== null}
          open={(page) => go({ ...search, page, row: '' }, 'replace')}
        />
      </div>
      <BulkBar
        rights={rights}
        selection={selection}
        count={count}
        onSelectAll={(most) => void selectAll(most)}
        open={action}
        onOpen={openAction}
      />
    </>
  )
}

interface FailedProps {
  error: Error
  retry: () => void
  clear: () => void
}

/** Say why the list failed; a filter that is refused would be refused again, so offer all rows. */
function Failed({ error, retry, clear }: FailedProps) {
  const isRefused = error instanceof ApiError && error.status === 400
  const way = isRefused ? { label: strings.showAll, onPress: clear } : { label: common.tryAgain, onPress: retry }
  return <ErrorState title={strings.refused} detail={sentenceOf(error)} retry={way} />
}
