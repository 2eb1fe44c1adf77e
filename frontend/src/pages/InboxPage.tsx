import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { MINE } from '@/entities/preferences/preferences'
import type { SavedView } from '@/api/types'
import { Inbox } from '@/features/inbox/Inbox'
import {
  EVERYTHING,
  fromText,
  type InboxSearch,
  isUntouched,
  isViewAlone,
  toText,
  writeSearch,
} from '@/features/inbox/search'
import { strings } from '@/features/inbox/strings'
import { useInboxSearch } from '@/features/inbox/use-inbox-search'
import { useLayout } from '@/features/inbox/use-layout'
import { useMe } from '@/features/session/session'
import { viewsQuery } from '@/features/views/queries'
import { PinnedViews } from '@/features/views/PinnedViews'
import { ViewPicker } from '@/features/views/ViewPicker'
import { strings as viewWords } from '@/features/views/strings'
import { common } from '@/strings/common'
import { AtOnce } from '@/ui/AtOnce'
import { PageTitle } from '@/ui/PageTitle'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'

export default function InboxPage() {
  const { search, go } = useInboxSearch()
  const { kept, keep } = useLayout()
  const me = useMe()
  const rights = { assign: me.rights.assign, hold: me.rights.assign || me.rights.claim }
  const isBeginning = useBeginning()

  function arrange(view: SavedView) {
    if (view.columns.length > 0) keep({ ...kept, columns: view.columns as typeof kept.columns })
  }

  function open(view: SavedView) {
    arrange(view)
    go(searchOf(view))
  }

  if (isBeginning) return <Skeleton lines={16} label={common.loading} />
  return (
    <AtOnce queryKey={MINE} label={common.loading}>
      <PageTitle title={strings.title}>
        <ViewPicker current={search.view} query={toText(search)} columns={kept.columns} open={open} />
      </PageTitle>
      <PinnedViews
        current={search.view}
        searchOf={(view) => writeSearch(searchOf(view))}
        onOpen={arrange}
      />
      <Inbox search={search} go={go} rights={rights} />
    </AtOnce>
  )
}

function searchOf(view: SavedView): InboxSearch {
  return { ...fromText(view.query), view: view.id }
}

/** Who comes with a link to a view gets it as it is now; who comes without a wish, the view they
    chose to begin with, else the list of their work. Until then there is nothing to show. */
function useBeginning() {
  const { search, go } = useInboxSearch()
  const { roles, rights } = useMe()
  const { data: views, isError } = useQuery(viewsQuery)
  // Later the view alone is what is left of it when every filter was taken away.
  const [entry] = useState(search)
  const linked = search === entry && isViewAlone(search) ? search.view : ''
  const chosen = views?.find((view) => view.id === linked)
  // A view of everything is open as soon as it is known to be one.
  const isBeginning = isUntouched(search) || (linked !== '' && chosen?.query !== '')
  useEffect(() => {
    if (!isBeginning || (!views && !isError)) return
    if (linked && !chosen) toast({ kind: 'failed', text: viewWords.gone })
    const start = chosen ?? views?.find((view) => view.is_mine && view.is_default)
    const own = roles.includes('SA') ? 'my_queue' : rights.assign ? 'unassigned' : 'all'
    go(start ? searchOf(start) : { ...EVERYTHING, tab: own }, 'replace')
  }, [isBeginning, linked, chosen, views, isError, roles, rights, go])
  return isBeginning
}
