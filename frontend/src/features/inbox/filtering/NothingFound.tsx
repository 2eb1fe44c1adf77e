import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { type InboxSearch, hasFilters } from './search'
import { strings } from '../strings'
import { useChips } from './chips'

/** Say why the list is empty and what to do. */
export function NothingFound({ search, go }: { search: InboxSearch; go: (search: InboxSearch) => void }) {
  const chips = useChips(search)
  if (hasFilters(search)) {
    const clear = () => go({ ...search, text: '', filters: {}, page: 1 })
    return (
      <EmptyState
        title={strings.noneMatch}
        buttons={<Button onPress={clear}>{common.clearAll}</Button>}
      >
        {chips.map(({ label }) => label).join(', ')}
      </EmptyState>
    )
  }
  if (search.tab && search.tab !== 'all') {
    return <EmptyState title={strings.nothingHere}>{strings.nothingHereDetail}</EmptyState>
  }
  return <EmptyState title={strings.nothingAtAll}>{strings.nothingAtAllDetail}</EmptyState>
}
