import { useState } from 'react'
import { WordHelp } from '@/entities/help/WordHelp'
import { announce } from '@/ui/Announcer'
import { Button } from '@/ui/Button'
import { AnswerNote } from './AnswerNote'
import { OF_GATES, rulesInWords } from '../scoring/caps'
import { type Choice, Choices } from './Choices'
import { CommentField } from './CommentField'
import { isCommentDue, isLongEnough } from '../draft/comments'
import { ConflictPanel } from '../draft/ConflictPanel'
import { useField, useForm } from '../draft/DraftContext'
import styles from '../fields.module.css'
import { formWords } from '../strings'
import type { Content, Criterion } from '../types'
import { answerOf, commentOf, NOT_APPLICABLE, UNKNOWN } from '../draft/values'

export function CriterionField({ criterion }: { criterion: Criterion }) {
  const { content, isReadOnly } = useForm()
  const { code, name, question, why, weight, is_gate: isGate } = criterion
  const gateRules = rulesInWords(content, OF_GATES)
  const answer = useField(answerOf(code))
  const comment = useField(commentOf(code))
  return (
    <fieldset className={styles.field} data-step={code}>
      <legend className={styles.legend}>
        {name}
        <span className={styles.meta}>
          {code} · {formWords.weight(weight)}
          {isGate && ` · ${formWords.gate}`}
        </span>
      </legend>
      <p>{question}</p>
      <p className={styles.why}>
        {why} {isGate && gateRules.length > 0 && formWords.gateWhy(gateRules)}
        {firstGate(content) === code && <WordHelp word="gate" />}
      </p>
      <AnswerNote code={code} />
      <div className={styles.body}>
        <div>
          <Choices name={answerOf(code)} choices={choicesOf(criterion, content.na_weight_limit)} />
          <ConflictPanel name={answerOf(code)} />
        </div>
        <CommentField
          code={code}
          isDue={isCommentDue(content, answer.value)}
          isLongEnough={isLongEnough(content, comment.value)}
        />
        {!isReadOnly && <ClearAnswer name={answerOf(code)} />}
      </div>
    </fieldset>
  )
}

function firstGate({ groups }: Content): string | undefined {
  return groups.flatMap(({ criteria }) => criteria).find(({ is_gate: isGate }) => isGate)?.code
}

/** List the choices of a criterion; a gate is always applicable. */
function choicesOf({ anchors, is_gate: isGate }: Criterion, mostNotApplicable: number): Choice[] {
  const ratings = Object.entries(anchors).map(([value, means]) => ({ value, label: value, means }))
  const unknown = { value: UNKNOWN, label: formWords.unknown, means: formWords.unknownMeans }
  const na = {
    value: NOT_APPLICABLE,
    label: formWords.notApplicable,
    means: formWords.notApplicableMeans(mostNotApplicable),
  }
  return [...ratings, unknown, ...(isGate ? [] : [na])]
}

/** Clear an answer; pressed again it puts the answer back. Stands after the comment, last for Tab. */
function ClearAnswer({ name }: { name: string }) {
  const { value, change } = useField(name)
  const [cleared, setCleared] = useState('')
  const isUndo = value === '' && cleared !== ''

  function press() {
    if (isUndo) return change(cleared)
    setCleared(value)
    change('')
    announce(formWords.cleared)
  }

  return (
    <div className={styles.clear} data-idle={(!value && !isUndo) || undefined}>
      <Button kind="quiet" onPress={press}>
        {isUndo ? formWords.undoClear : formWords.clear}
      </Button>
    </div>
  )
}
