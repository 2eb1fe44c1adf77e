import { PageTitle } from '@/ui/PageTitle'

export default function SyncHistoryPage() {
  return <PageTitle title="SyncHistory" />
}
