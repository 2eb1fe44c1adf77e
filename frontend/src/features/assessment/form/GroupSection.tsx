import { formatDecimal } from '@/lib/format'
import { isGroupSilent } from '../draft/comments'
import { CriterionField } from './CriterionField'
import { elementId, useForm } from '../draft/DraftContext'
import fields from '../fields.module.css'
import styles from './AssessmentForm.module.css'
import { formWords } from '../strings'
import type { CriterionGroup } from '../types'
import { answerOf } from '../draft/values'

interface GroupSectionProps {
  group: CriterionGroup
  score: string | null
  isShown: (code: string) => boolean
}

export function GroupSection({ group, score, isShown }: GroupSectionProps) {
  const { content, values, missing } = useForm()
  const error = missing[`${group.code}.comment`]
  const isBegun = group.criteria.some((each) => values[answerOf(each.code)])
  const isSilent = isGroupSilent(content, group, values)
  const criteria = group.criteria.filter(({ code }) => isShown(code))
  if (criteria.length === 0) return null
  return (
    <section className={styles.group} aria-labelledby={`group-${group.code}`}>
      <header className={styles.groupHead}>
        <h2 id={`group-${group.code}`}>{formWords.group(group)}</h2>
        {isSilent && (
          <p
            id={elementId(`${group.code}.comment`)}
            tabIndex={-1}
            className={error ? fields.error : fields.hint}
          >
            {formWords.groupComment(content.shortest_comment)}
          </p>
        )}
        {isBegun && <span>{formWords.groupScore(formatDecimal(score))}</span>}
      </header>
      {criteria.map((criterion) => (
        <CriterionField key={criterion.code} criterion={criterion} />
      ))}
    </section>
  )
}
