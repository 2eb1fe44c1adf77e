import { useQuery } from '@tanstack/react-query'
import { formatDateTime } from '@/lib/format'
import { Notice } from '@/ui/Notice'
import { latestReturnQuery } from './queries'
import { actorOf, noticeWords } from './strings'

/** Why it came back; what was said of single criteria stands with them. */
export function ReturnNotice({ id }: { id: string }) {
  const returned = useQuery(latestReturnQuery(id)).data?.results[0]
  if (!returned) return null
  const who = actorOf(returned.actor, returned.on_behalf_of)
  return (
    <Notice>
      <p>{noticeWords.returned(who, formatDateTime(returned.at))}</p>
      <p>{returned.reason}</p>
    </Notice>
  )
}
