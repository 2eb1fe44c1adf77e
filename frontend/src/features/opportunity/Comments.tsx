import { useQuery } from '@tanstack/react-query'
import type { OpportunityDetail } from '@/api/types'
import { formatDateTime } from '@/lib/format'
import { CommentBox } from './CommentBox'
import styles from './Comments.module.css'
import { commentsQuery } from './queries'
import { actorOf, timelineWords } from './strings'

/** What sales and others know, beside the questions it helps to answer. */
export function Comments({ opportunity }: { opportunity: OpportunityDetail }) {
  const { data } = useQuery(commentsQuery(opportunity.id))
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
