import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { SavedView } from '@/api/types'
import { Inbox } from '@/features/inbox/Inbox'
import { EVERYTHING, fromText, isUntouched, toText } from '@/features/inbox/search'
import { strings } from '@/features/inbox/strings'
import { useInboxSearch } from '@/features/inbox/use-inbox-search'
import { useLayout } from '@/features/inbox/use-layout'
import { useMe } from '@/features/session/session'
import { viewsQuery } from '@/features/views/queries'
import { ViewPicker } from '@/features/views/ViewPicker'
import { PageTitle } from '@/ui/PageTitle'

export default function InboxPage() {
  const { search, go } = useInboxSearch()
  const { kept, keep } = useLayout()
  const me = useMe()
  const rights = { assign: me.rights.assign, hold: me.rights.assign || me.rights.claim }
  useBeginning()

  function open(view: SavedView) {
    if (view.columns.length > 0) keep({ ...kept, columns: view.columns as typeof kept.columns })
    go({ ...fromText(view.query), view: view.id })
  }

  return (
    <>
      <PageTitle title={strings.title}>
        <ViewPicker current={search.view} query={toText(search)} columns={kept.columns} open={open} />
      </PageTitle>
      <Inbox search={search} go={go} rights={rights} />
    </>
  )
}

/** Who comes without a wish gets the view they chose to begin with, else the list of their work. */
function useBeginning() {
  const { search, go } = useInboxSearch()
  const { roles, rights } = useMe()
  const { data: views, isError } = useQuery(viewsQuery)
  const isBlank = isUntouched(search)
  useEffect(() => {
    if (!isBlank || (!views && !isError)) return
    const start = views?.find((view) => view.is_mine && view.is_default)
    const own = roles.includes('SA') ? 'my_queue' : rights.assign ? 'unassigned' : 'all'
    const first = start ? { ...fromText(start.query), view: start.id } : { ...EVERYTHING, tab: own }
    go(first, 'replace')
  }, [isBlank, views, isError, roles, rights, go])
}
