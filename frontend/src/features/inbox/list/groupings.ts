import { fieldsWhere } from '@/entities/opportunity/catalogue'
import type { InboxSearch } from '../filtering/search'
import { strings } from '../strings'

/** Offer what rows can be grouped by, and to end the grouping there is. */
export function groupingsOf(search: InboxSearch, go: (search: InboxSearch) => void) {
  const choose = (group: string) => go({ ...search, group, page: 1, row: '' })
  const others = fieldsWhere('is_groupable').filter(({ name }) => name !== search.group)
  return [
    ...(search.group ? [{ id: 'group none', label: strings.noGrouping, run: () => choose('') }] : []),
    ...others.map(({ name, label }) => ({
      id: `group ${name}`,
      label: strings.groupBy(label),
      run: () => choose(name),
    })),
  ]
}
