import { Inbox } from '@/features/inbox/Inbox'
import { strings } from '@/features/inbox/strings'
import { useInboxSearch } from '@/features/inbox/use-inbox-search'
import { PageTitle } from '@/ui/PageTitle'

export default function InboxPage() {
  const { search, go } = useInboxSearch()
  return (
    <>
      <PageTitle title={strings.title} />
      <Inbox search={search} go={go} />
    </>
  )
}
