import { Calendar } from '@/features/calendar/Calendar'
import { strings } from '@/features/calendar/strings'
import { toQuery, toText } from '@/features/inbox/filtering/search'
import { useInboxSearch } from '@/features/inbox/filtering/use-inbox-search'
import { ListHead } from './ListHead'

export default function CalendarPage() {
  const { search, go } = useInboxSearch()
  const list = { ...search, group: '', ordering: '' }
  return (
    <ListHead title={strings.title} search={search} go={go}>
      <Calendar
        query={toQuery(list)}
        from={toText(list)}
        day={search.day}
        go={(day) => go({ ...search, day }, 'replace')}
      />
    </ListHead>
  )
}
