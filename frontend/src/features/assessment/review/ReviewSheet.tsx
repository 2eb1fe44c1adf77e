import { TextField } from '@/ui/TextField'
import fields from '../fields.module.css'
import { formWords, replyWords, reviewWords, versionWords } from '../strings'
import type { Comparison, Criterion, Knockout, ReviewThread, VersionDetail } from '../types'
import { answerInWords } from '../versions/AnswerSheet'
import { CommentChanges } from '../versions/CommentChanges'
import { EvidenceLinks } from '../versions/EvidenceLinks'
import styles from './Review.module.css'
import { Thread } from './Thread'

type Difference = Comparison['criteria'][number]

export interface ReviewProps {
  opportunityId: string
  version: VersionDetail
  /** The version before, where there is one. */
  comparison: Comparison | undefined
  threads: ReviewThread[]
  /** By code, what is sent with a return; null for those who return nothing. */
  comments: Record<string, string> | null
  onComment: (code: string, text: string) => void
}

/** Show each answer with its evidence and its difference, beside what the reviewer says of it. */
export function ReviewSheet(props: ReviewProps) {
  const { content } = props.version
  return (
    <div className={styles.sheet}>
      <section className={styles.group} aria-labelledby="review-knockouts">
        <h2 id="review-knockouts">{formWords.knockouts}</h2>
        {content.knockouts.map((knockout) => (
          <KnockoutLine key={knockout.code} knockout={knockout} {...props} />
        ))}
      </section>
      {content.groups.map((group) => (
        <section key={group.code} className={styles.group} aria-labelledby={`review-${group.code}`}>
          <h2 id={`review-${group.code}`}>{formWords.group(group)}</h2>
          {group.criteria.map((criterion) => (
            <CriterionLine key={criterion.code} criterion={criterion} {...props} />
          ))}
        </section>
      ))}
      <Elsewhere {...props} />
    </div>
  )
}

function KnockoutLine({ knockout, version, comparison }: ReviewProps & { knockout: Knockout }) {
  const answer = version.knockouts[knockout.code]
  const value = answer?.reply ? replyWords[answer.reply] : versionWords.noAnswer
  return (
    <div className={styles.question}>
      <div className={styles.judged}>
        <div className={styles.knockout}>
          <h3>{knockout.text}</h3>
          <p className={styles.value}>{value}</p>
        </div>
        <Comment text={answer?.comment ?? ''} />
        <Before comparison={comparison} difference={comparison?.knockouts.find(({ code }) => code === knockout.code)} />
      </div>
    </div>
  )
}

function CriterionLine({ criterion, ...props }: ReviewProps & { criterion: Criterion }) {
  const { code, name, weight, question, is_gate: isGate } = criterion
  const answer = props.version.answers[code]
  const { comparison, comments } = props
  return (
    <div id={`review-of-${code}`} tabIndex={-1} className={styles.question} data-criterion={code}>
      <div className={styles.judged}>
        <h3>
          {name}{' '}
          <span className={fields.meta}>
            {code} · {formWords.weight(weight)}
            {isGate && ` · ${formWords.gate}`}
          </span>
        </h3>
        <p className={fields.meta}>{question}</p>
        <p className={styles.value}>{answerInWords(criterion, answer)}</p>
        <Comment text={answer?.comment ?? ''} />
        <Before comparison={comparison} difference={comparison?.criteria.find((each) => each.code === code)} />
      </div>
      <div className={styles.asked}>
        {props.threads.filter((each) => each.code === code).map((thread) => (
          <Thread key={thread.id} opportunityId={props.opportunityId} thread={thread} />
        ))}
        {comments && (
          <TextField
            label={reviewWords.comment(code)}
            isLabelHidden
            placeholder={reviewWords.commentHint}
            rows={2}
            value={comments[code] ?? ''}
            onChange={(text) => props.onComment(code, text)}
          />
        )}
      </div>
    </div>
  )
}

function Comment({ text }: { text: string }) {
  if (!text) return null
  return (
    <>
      <p className={styles.said}>{text}</p>
      <EvidenceLinks text={text} />
    </>
  )
}

/** Say what the version before answered; nothing where there is none. */
function Before({ comparison, difference }: { comparison: Comparison | undefined; difference: Difference | undefined }) {
  if (!comparison) return null
  const version = comparison.older.version_no
  if (!difference) return <p className={fields.meta}>{reviewWords.same(version)}</p>
  const { before, after } = difference
  const comments = { before: before?.comment ?? '', after: after?.comment ?? '' }
  return (
    <div className={styles.before}>
      <p>{reviewWords.was(version, before?.value || versionWords.noAnswer)}</p>
      {comments.before !== comments.after && <CommentChanges {...comments} />}
    </div>
  )
}

/** Show threads on criteria of an earlier template, which still wait to be settled. */
function Elsewhere({ opportunityId, version, threads }: ReviewProps) {
  const asked = version.content.groups.flatMap(({ criteria }) => criteria.map(({ code }) => code))
  const others = threads.filter(({ code }) => !asked.includes(code))
  if (others.length === 0) return null
  return (
    <section className={styles.group} aria-labelledby="review-elsewhere">
      <h2 id="review-elsewhere">{reviewWords.elsewhere}</h2>
      {others.map((thread) => (
        <Thread key={thread.id} opportunityId={opportunityId} thread={thread} />
      ))}
    </section>
  )
}
