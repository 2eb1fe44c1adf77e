import { PageTitle } from '@/ui/PageTitle'

export default function InboxPage() {
  return <PageTitle title="Inbox" />
}
