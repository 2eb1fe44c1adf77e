import { HistoryTable } from '@/features/sync/HistoryTable'
import { strings } from '@/features/sync/strings'
import { PageTitle } from '@/ui/PageTitle'

export default function SyncHistoryPage() {
  return (
    <>
      <PageTitle title={strings.historyTitle} />
      <HistoryTable />
    </>
  )
}
