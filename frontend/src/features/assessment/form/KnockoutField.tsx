import { AnswerNote } from './AnswerNote'
import { Choices } from './Choices'
import { CommentField } from './CommentField'
import { ConflictPanel } from '../draft/ConflictPanel'
import styles from '../fields.module.css'
import { replyWords } from '../strings'
import type { Knockout } from '../types'
import { replyOf } from '../draft/values'

const REPLIES = Object.entries(replyWords).map(([value, label]) => ({ value, label }))

export function KnockoutField({ knockout }: { knockout: Knockout }) {
  const name = replyOf(knockout.code)
  return (
    <fieldset className={styles.field} data-step={knockout.code}>
      <legend className={styles.legend}>
        {knockout.text} <span className={styles.meta}>{knockout.code}</span>
      </legend>
      <AnswerNote code={knockout.code} />
      <div className={styles.body}>
        <div>
          <Choices name={name} choices={REPLIES} isRow />
          <ConflictPanel name={name} />
        </div>
        <CommentField code={knockout.code} isDue={false} isLongEnough rows={1} />
      </div>
    </fieldset>
  )
}
