import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { lazyPart } from '@/entities/release/lazy-parts'
import { MY_KEYS } from '@/entities/preferences/preferences'
import type { SavedView } from '@/api/types'
import { ViewSwitch } from '@/entities/opportunity/ViewSwitch'
import { Inbox } from '@/features/inbox/Inbox'
import {
  EMPTY_SEARCH,
  fromText,
  type InboxSearch,
  isEmptySearch,
  isViewAlone,
  toText,
  writeSearch,
} from '@/features/inbox/filtering/search'
import { bulkRightsOf } from '@/features/inbox/selecting/bulk-actions'
import { strings } from '@/features/inbox/strings'
import { useInboxSearch } from '@/features/inbox/filtering/use-inbox-search'
import { useLayout } from '@/features/inbox/layout/use-layout'
import { useMe } from '@/features/session/session'
import { viewsQuery } from '@/api/queries'
import { PinnedViews } from '@/features/views/PinnedViews'
import { ViewPicker } from '@/features/views/ViewPicker'
import { strings as viewWords } from '@/features/views/strings'
import { LoadTogether } from '@/ui/LoadTogether'
import { PageTitle } from '@/ui/PageTitle'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'

// Only who opens a preview needs them.
const PreviewActions = lazyPart(() => import('./PreviewActions'))

export default function InboxPage() {
  const { search, go } = useInboxSearch()
  const { kept, keep } = useLayout()
  const me = useMe()
  const isChoosing = useStartView()

  function arrange(view: SavedView) {
    if (view.columns.length > 0) keep({ ...kept, columns: view.columns as typeof kept.columns })
  }

  function open(view: SavedView) {
    arrange(view)
    go(searchOf(view))
  }

  if (isChoosing) return <Skeleton lines={16} />
  return (
    <LoadTogether queryKey={MY_KEYS}>
      <PageTitle title={strings.title}>
        <ViewSwitch query={writeSearch({ ...search, page: 1, row: '' })} />
        <ViewPicker current={search.view} query={toText(search)} columns={kept.columns} open={open} />
      </PageTitle>
      <PinnedViews
        current={search.view}
        searchOf={(view) => writeSearch(searchOf(view))}
        onOpen={arrange}
      />
      <Inbox
        search={search}
        go={go}
        rights={bulkRightsOf(me)}
        actions={PreviewActions}
      />
    </LoadTogether>
  )
}

function searchOf(view: SavedView): InboxSearch {
  return { ...fromText(view.query), view: view.id }
}

/** Who comes with a link to a view gets it as it is now; who comes without a wish, the view they
    chose to begin with, else the list of their work. Until then there is nothing to show. */
function useStartView() {
  const { search, go } = useInboxSearch()
  const { roles, rights } = useMe()
  const { data: views, isError } = useQuery(viewsQuery)
  // Later the view alone is what is left of it when every filter was taken away.
  const [entry] = useState(search)
  const linked = search === entry && isViewAlone(search) ? search.view : ''
  const chosen = views?.find((view) => view.id === linked)
  // A view of everything is open as soon as it is known to be one.
  const isChoosing = isEmptySearch(search) || (linked !== '' && chosen?.query !== '')
  useEffect(() => {
    if (!isChoosing || (!views && !isError)) return
    if (linked && !chosen) toast({ kind: 'failed', text: viewWords.gone })
    const start = chosen ?? views?.find((view) => view.is_mine && view.is_default)
    const own = roles.includes('SA') ? 'my_queue' : rights.assign ? 'unassigned' : 'all'
    go(start ? searchOf(start) : { ...EMPTY_SEARCH, tab: own }, 'replace')
  }, [isChoosing, linked, chosen, views, isError, roles, rights, go])
  return isChoosing
}
