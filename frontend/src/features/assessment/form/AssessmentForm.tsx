import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { Button } from '@/ui/Button'
import styles from './AssessmentForm.module.css'
import { OF_KNOCKOUTS, rulesInWords } from '../scoring/caps'
import { CarryOver } from '../draft/CarryOver'
import { ClosedAssessment } from './ClosedAssessment'
import { shown } from '../draft/draft'
import { DraftProvider } from '../draft/DraftContext'
import { ErrorSummary } from './ErrorSummary'
import { GroupSection } from './GroupSection'
import { KnockoutField } from './KnockoutField'
import { DraftNotices } from '../draft/DraftNotices'
import { draftQuery } from '@/api/queries'
import { SaveState } from '../draft/SaveState'
import { score } from '../scoring/score'
import { ScoreBar } from '../scoring/ScoreBar'
import { ScoreDetail } from '../scoring/ScoreDetail'
import { formWords } from '../strings'
import { SummarySection } from './SummarySection'
import type { DraftAnswer } from '../types'
import { useAnnouncedScore } from '../scoring/use-announced-score'
import { UnsavedError, useSubmit } from '../draft/use-submit'
import { unsavedFieldErrors } from '../draft/field-errors'
import { useDraft } from '../draft/use-draft'
import { fieldAt } from '../draft/values'

interface AssessmentFormProps {
  opportunityId: string
  userId: string
  mayAnswer: boolean
  customer: string | null
  /** Name, customer, value, due date: beside the score, always in sight. */
  heading: ReactNode
  /** The CRM's facts, under the score. */
  facts: ReactNode
  onSubmitted: () => void
}

export function AssessmentForm(props: AssessmentFormProps) {
  const [wasOpen, open] = useState(props.mayAnswer)
  if (props.mayAnswer && !wasOpen) open(true)
  // Who was writing when it was closed keeps their words in sight.
  return wasOpen ? <EditedForm {...props} /> : <ClosedAssessment {...props} />
}

function EditedForm(props: AssessmentFormProps) {
  const { data, refetch } = useSuspenseQuery(draftQuery(props.opportunityId))
  const [opening, setOpening] = useState(0)

  async function editHere() {
    await refetch()
    setOpening((before) => before + 1)
  }

  return <OpenForm key={opening} {...props} answer={data} onEditHere={() => void editHere()} />
}

interface OpenFormProps extends AssessmentFormProps {
  answer: DraftAnswer
  onEditHere: () => void
}

function OpenForm({ answer, onEditHere, ...props }: OpenFormProps) {
  const { opportunityId, userId, customer, mayAnswer, heading, facts, onSubmitted } = props
  const { content } = answer
  const { autosave, draft, latest, ...news } = useDraft(opportunityId, userId, answer)
  const { submit, isPending, tries, failure } = useSubmit(opportunityId, autosave, onSubmitted)
  const scoring = useMemo(() => score(content, shown(draft)), [content, draft])
  const isReadOnly = !mayAnswer || news.isTakenOver
  const missing = byField(latest.problems)
  const [carried, setCarried] = useState<string[]>([])
  useAnnouncedScore(scoring)
  const form = {
    content,
    draft,
    autosave,
    isReadOnly,
    missing: tries > 0 ? missing : {},
    answers: { ...latest.draft?.answers, ...latest.draft?.knockouts },
    reviewComments: latest.draft?.review_comments ?? [],
    carried,
    confirm: (code: string) => setCarried(carried.filter((each) => each !== code)),
  }
  return (
    <DraftProvider value={form}>
      <div className={styles.bar}>
        {heading}
        <ScoreBar scoring={scoring} content={content} />
        {isReadOnly ? null : <SaveState autosave={autosave} draft={draft} />}
      </div>
      {!mayAnswer && <p>{formWords.notFillable}</p>}
      <DraftNotices autosave={autosave} draft={draft} onEditHere={onEditHere} {...news} />
      {customer && !isReadOnly && answer.draft === null && carried.length === 0 && (
        <CarryOver {...{ opportunityId, customer, content, autosave }} onCarried={setCarried} />
      )}
      {tries > 0 && <ErrorSummary key={tries} missing={missing} unsaved={unsavedFieldErrors(draft)} />}
      <div className={styles.columns}>
        <div className={styles.form}>
          <Knockouts content={content} />
          <p className={styles.scale}>{formWords.scale}</p>
          {content.groups.map((group) => (
            <GroupSection
              key={group.code}
              group={group}
              score={scoring.group_scores[group.code] ?? null}
            />
          ))}
          <SummarySection scoring={scoring} />
          {!isReadOnly && (
            <div className={styles.submit}>
              {failure && <p role="alert">{whyNot(failure)}</p>}
              <p className={styles.scale}>{formWords.submitHint}</p>
              <Button kind="primary" isPending={isPending} onPress={submit}>
                {formWords.submit}
              </Button>
            </div>
          )}
        </div>
        <aside className={styles.aside}>
          <ScoreDetail scoring={scoring} content={content} />
          {facts}
        </aside>
      </div>
    </DraftProvider>
  )
}

function Knockouts({ content }: { content: DraftAnswer['content'] }) {
  const rules = rulesInWords(content, OF_KNOCKOUTS)
  return (
    <section className={styles.group} aria-labelledby="knockouts">
      <header className={styles.groupHead}>
        <h2 id="knockouts">{formWords.knockouts}</h2>
        {rules.length > 0 && <p className={styles.scale}>{formWords.knockoutsWhy(rules)}</p>}
      </header>
      {content.knockouts.map((knockout) => (
        <KnockoutField key={knockout.code} knockout={knockout} />
      ))}
    </section>
  )
}

function byField(problems: DraftAnswer['problems']): Record<string, string> {
  return Object.fromEntries(problems.map(({ field = '', detail = '' }) => [fieldAt(field), detail]))
}

function whyNot(failure: Error): string {
  return failure instanceof UnsavedError ? formWords.unsavedYet : sentenceOf(failure)
}
