import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { chipsOf } from './chips'
import { type InboxSearch, isNarrowed } from './search'
import { strings } from './strings'

interface NothingFoundProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
}

/** Why the list is empty, and what to do about it. */
export function NothingFound({ search, go }: NothingFoundProps) {
  if (isNarrowed(search)) {
    const clear = () => go({ ...search, text: '', filters: {}, page: 1 })
    return (
      <EmptyState
        title={strings.noneMatch}
        buttons={<Button onPress={clear}>{common.clearAll}</Button>}
      >
        {chipsOf(search, {}).map(({ label }) => label).join(', ')}
      </EmptyState>
    )
  }
  if (search.tab && search.tab !== 'all') {
    return <EmptyState title={strings.nothingHere}>{strings.nothingHereDetail}</EmptyState>
  }
  return <EmptyState title={strings.nothingAtAll}>{strings.nothingAtAllDetail}</EmptyState>
}
