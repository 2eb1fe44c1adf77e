import { useQuery } from '@tanstack/react-query'
import type { OpportunityDetail } from '@/api/types'
import { formatDateTime } from '@/lib/format'
import { CommentBox } from './CommentBox'
import styles from './Comments.module.css'
import { eventsQuery } from '@/api/queries'
import { actorOf, timelineWords } from '../strings'

// The latest; the timeline has all of them.
const MOST_COMMENTS = 10

/** Show the latest comments beside the questions. */
export function Comments({ opportunity }: { opportunity: OpportunityDetail }) {
  const { data } = useQuery(eventsQuery(opportunity.id, { action: ['COMMENT'], page_size: MOST_COMMENTS }))
  return (
    <section className={styles.comments} aria-labelledby="comments">
      <h2 id="comments">{timelineWords.comments}</h2>
      {data?.results.length === 0 && <p className={styles.meta}>{timelineWords.noComments}</p>}
      <ul>
        {data?.results.map(({ id, at, actor, on_behalf_of: whom, reason }) => (
          <li key={id} className={styles.comment}>
            <p className={styles.meta}>
              {actorOf(actor, whom)}, <time dateTime={at}>{formatDateTime(at)}</time>
            </p>
            <p className={styles.said}>{reason}</p>
          </li>
        ))}
      </ul>
      {opportunity.may_comment && <CommentBox id={opportunity.id} />}
    </section>
  )
}
