import { useQuery } from '@tanstack/react-query'
import { formatDateTime } from '@/lib/format'
import { Notice } from '@/ui/Notice'
import { eventsQuery } from '@/api/queries'
import { actorOf, noticeWords } from '../strings'

/** Show why it was returned; comments on criteria stand with them. */
export function ReturnNotice({ id }: { id: string }) {
  const returned = useQuery(eventsQuery(id, { action: ['RETURN'], page_size: 1 })).data?.results[0]
  if (!returned) return null
  const who = actorOf(returned.actor, returned.on_behalf_of)
  return (
    <Notice>
      <p>{noticeWords.returned(who, formatDateTime(returned.at))}</p>
      <p>{returned.reason}</p>
    </Notice>
  )
}
