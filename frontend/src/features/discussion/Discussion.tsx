import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { eventsQuery } from '@/api/queries'
import type { OpportunityDetail } from '@/api/types'
import { PartFailed } from '@/entities/PartFailed'
import { When } from '@/ui/When'
import { Button } from '@/ui/Button'
import { CommentBox } from './CommentBox'
import styles from './Discussion.module.css'
import { strings } from './strings'
import { type Comment, partsOf, type Thread, threadsOf } from './threads'

// The latest; the timeline has all of them.
const MOST_COMMENTS = 50

/** Show the latest comments as threads, with a box for another. */
export function Discussion({ opportunity, isOfSales = false }: { opportunity: OpportunityDetail; isOfSales?: boolean }) {
  const { id, may_comment: mayComment } = opportunity
  const comments = eventsQuery(id, { action: ['COMMENT'], page_size: MOST_COMMENTS })
  const { data, error, refetch } = useQuery(comments)
  return (
    <section className={styles.discussion} aria-labelledby="discussion">
      <h2 id="discussion">{strings.title}</h2>
      {mayComment && <CommentBox id={id} isOfSales={isOfSales} />}
      {error && <PartFailed error={error} retry={refetch} />}
      {data?.results.length === 0 && <p className={styles.meta}>{strings.none}</p>}
      <ul>
        {threadsOf(data?.results ?? []).map((thread) => (
          <ThreadItem key={thread.first.id} opportunityId={id} thread={thread} mayReply={mayComment} />
        ))}
      </ul>
      {data && data.count > data.results.length && <p className={styles.meta}>{strings.earlier}</p>}
    </section>
  )
}

interface ThreadItemProps {
  opportunityId: string
  thread: Thread
  mayReply: boolean
}

function ThreadItem({ opportunityId, thread: { first, replies }, mayReply }: ThreadItemProps) {
  const [isReplying, setReplying] = useState<boolean>()
  const name = authorOf(first)
  return (
    <li className={styles.thread}>
      <Words comment={first} />
      {replies.length > 0 && (
        <ul className={styles.replies} aria-label={strings.replies(name)}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <Words comment={reply} />
            </li>
          ))}
        </ul>
      )}
      {isReplying ? (
        <CommentBox id={opportunityId} replyTo={{ id: first.id, name }} onClose={() => setReplying(false)} />
      ) : (
        mayReply && (
          <Button
            kind="quiet"
            aria-label={strings.replyTo(name)}
            autoFocus={isReplying === false}
            onPress={() => setReplying(true)}
          >
            {strings.reply}
          </Button>
        )
      )}
    </li>
  )
}

function Words({ comment }: { comment: Comment }) {
  return (
    <>
      <p className={styles.meta}>
        <span className={styles.author}>{authorOf(comment)}</span> <When at={comment.at} />
      </p>
      <p className={styles.said}>
        {partsOf(comment).map(({ text, isMention }, place) =>
          isMention ? <strong key={place}>{text}</strong> : text,
        )}
      </p>
    </>
  )
}

function authorOf({ actor }: Comment): string {
  return actor?.name ?? strings.someone
}
