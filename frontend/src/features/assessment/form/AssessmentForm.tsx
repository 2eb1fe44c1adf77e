import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { WordHelp } from '@/entities/help/WordHelp'
import { Button } from '@/ui/Button'
import styles from './AssessmentForm.module.css'
import { OF_KNOCKOUTS, rulesInWords } from '../scoring/caps'
import { CarryOver } from '../draft/CarryOver'
import { ClosedAssessment } from './ClosedAssessment'
import { type Draft, shown } from '../draft/draft'
import { DraftProvider, type SavedAnswer } from '../draft/DraftContext'
import { ErrorSummary } from './ErrorSummary'
import { GroupSection } from './GroupSection'
import { KnockoutField } from './KnockoutField'
import { draftQuery, reviewThreadsQuery } from '@/api/queries'
import { DraftNotices, SaveState } from '../draft/SaveState'
import { score } from '../scoring/score'
import { ScoreBar } from '../scoring/ScoreBar'
import { ScoreDetail } from '../scoring/ScoreDetail'
import { missingIn } from '../sections/missing'
import { ModeSwitch } from '../sections/ModeSwitch'
import { SectionList } from '../sections/SectionList'
import { useSteps } from '../sections/use-steps'
import { formWords, sectionWords } from '../strings'
import { SummarySection } from './SummarySection'
import type { DraftAnswer, ReviewThread } from '../types'
import { useAnnouncedScore } from '../scoring/use-announced-score'
import { UnsavedError, useSubmit } from '../draft/use-submit'
import { unsavedFieldErrors } from '../draft/field-errors'
import { useDraft } from '../draft/use-draft'
import { answerOf, commentOf, fieldAt } from '../draft/values'

const SUBMIT = 'submit'

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
  /** Go to the next of the person's deals, where there is one. */
  onNext: (() => void) | undefined
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
  const { opportunityId, userId, customer, mayAnswer, heading, facts, onSubmitted, onNext } = props
  const { content } = answer
  const { autosave, draft, latest, refresh, ...news } = useDraft(opportunityId, userId, answer)
  const threads = useQuery(reviewThreadsQuery(opportunityId)).data ?? []
  const { submit, isPending, tries, failure } = useSubmit(opportunityId, autosave, onSubmitted)
  const scoring = useMemo(() => score(content, shown(draft)), [content, draft])
  const isReadOnly = !mayAnswer || news.isTakenOver
  const missing = byField(latest.problems)
  const [carried, setCarried] = useState<string[]>([])
  const steps = useSteps(content, () => document.getElementById(SUBMIT)?.focus())
  const values = shown(draft)
  const answers = { ...latest.draft?.answers, ...latest.draft?.knockouts }
  const asked = unaddressed(threads, answers, draft)
  const lacking = missingIn(content, { values, asked, computed: scoring.recommendation })
  useAnnouncedScore(scoring)
  const form = {
    content,
    draft,
    autosave,
    isReadOnly,
    missing: tries > 0 ? missing : {},
    answers,
    opportunityId,
    threads,
    onAnswered: () => void refresh(),
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
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the fields in it have the focus */}
        <div className={styles.form} {...steps.events}>
          <ModeSwitch mode={steps.mode} onChange={steps.setMode} />
          <p className={styles.scale}>{formWords.scale}</p>
          <Knockouts content={content} isShown={steps.isShown} />
          {content.groups.map((group) => (
            <GroupSection
              key={group.code}
              group={group}
              score={scoring.group_scores[group.code] ?? null}
              isShown={steps.isShown}
            />
          ))}
          {steps.isShown('confidence') && <SummarySection scoring={scoring} />}
          {steps.mode !== 'all' && <Turn turn={steps.turn} />}
          {!isReadOnly && (
            <div className={styles.submit}>
              {failure && <p role="alert">{whyNot(failure)}</p>}
              <p className={styles.scale}>{formWords.submitHint}</p>
              <div className={styles.buttons}>
                <Button id={SUBMIT} kind="primary" isPending={isPending} onPress={submit}>
                  {formWords.submit}
                </Button>
                {onNext && (
                  <Button onPress={() => void autosave.flush().then(onNext)}>{sectionWords.nextDeal}</Button>
                )}
              </div>
            </div>
          )}
        </div>
        <aside className={styles.aside}>
          <SectionList
            content={content}
            missing={lacking}
            current={steps.section}
            onSection={steps.goToSection}
            onField={({ code, field }) => steps.go(code, field)}
          />
          <ScoreDetail scoring={scoring} content={content} />
          {facts}
        </aside>
      </div>
    </DraftProvider>
  )
}

function Turn({ turn }: { turn: (by: 1 | -1) => void }) {
  return (
    <div className={styles.buttons}>
      <Button onPress={() => turn(-1)}>{sectionWords.back}</Button>
      <Button onPress={() => turn(1)}>{sectionWords.next}</Button>
    </div>
  )
}

function Knockouts({ content, isShown }: { content: DraftAnswer['content']; isShown: (code: string) => boolean }) {
  const rules = rulesInWords(content, OF_KNOCKOUTS)
  const knockouts = content.knockouts.filter(({ code }) => isShown(code))
  if (knockouts.length === 0) return null
  return (
    <section className={styles.group} aria-labelledby="knockouts">
      <header className={styles.groupHead}>
        <h2 id="knockouts">{formWords.knockouts}</h2>
        <WordHelp word="knock-out" />
        {rules.length > 0 && <p className={styles.scale}>{formWords.knockoutsWhy(rules)}</p>}
      </header>
      {knockouts.map((knockout) => (
        <KnockoutField key={knockout.code} knockout={knockout} />
      ))}
    </section>
  )
}

/** Return the criteria with an open review comment that was raised on the answer as it is. */
function unaddressed(threads: ReviewThread[], answers: Record<string, SavedAnswer>, { edits, sending }: Draft): string[] {
  const written = { ...sending, ...edits }
  const isTouched = (code: string, at: string) =>
    (answers[code]?.answered_at ?? '') > at || answerOf(code) in written || commentOf(code) in written
  return threads.filter(({ code, state, at }) => state === 'OPEN' && !isTouched(code, at)).map(({ code }) => code)
}

function byField(problems: DraftAnswer['problems']): Record<string, string> {
  return Object.fromEntries(problems.map(({ field = '', detail = '' }) => [fieldAt(field), detail]))
}

function whyNot(failure: Error): string {
  return failure instanceof UnsavedError ? formWords.unsavedYet : sentenceOf(failure)
}
