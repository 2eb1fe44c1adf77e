import { clsx } from 'clsx'
import { WordHelp } from '@/entities/help/WordHelp'
import type { TradeWord } from '@/entities/help/words'
import { confidenceWords, recommendationWords } from '@/entities/opportunity/strings'
import { TextField } from '@/ui/TextField'
import { Choices } from './Choices'
import { CompetitorsField } from './CompetitorsField'
import { ConflictPanel } from '../draft/ConflictPanel'
import { useField, useForm } from '../draft/DraftContext'
import styles from './AssessmentForm.module.css'
import fields from '../fields.module.css'
import { formWords } from '../strings'
import type { Scoring } from '../types'

const RECOMMENDATIONS = choicesOf(recommendationWords)
const CONFIDENCES = choicesOf(confidenceWords)

/** Ask for the SA's own recommendation and for what is recorded without being scored. */
export function SummarySection({ scoring }: { scoring: Scoring }) {
  const own = useField('sa_recommendation')
  const reason = useField('sa_reason')
  const computed = scoring.recommendation as keyof typeof recommendationWords | null
  const isOther = computed !== null && own.value !== '' && own.value !== computed
  return (
    <section className={styles.group} aria-labelledby="summary">
      <header className={styles.groupHead}>
        <h2 id="summary">{formWords.summary}</h2>
      </header>
      <div className={fields.field}>
        <p>{computed ? formWords.computed(recommendationWords[computed]) : formWords.notComputed}</p>
        <ChoiceField name="sa_recommendation" label={formWords.recommendation} choices={RECOMMENDATIONS} />
        {(isOther || reason.value || reason.error) && (
          <RecordedField name="sa_reason" label={formWords.reason} rows={3} />
        )}
        <ChoiceField name="confidence" label={formWords.confidence} choices={CONFIDENCES} help="confidence" />
      </div>
      <div className={fields.field}>
        <h3>{formWords.recorded}</h3>
        <div className={fields.grid}>
          <RecordedField name="bid_effort_days" label={formWords.effort} isNumber />
          <RecordedField name="bid_cost" label={formWords.cost} isNumber />
          <RecordedField name="bid_cost_currency" label={formWords.currency} />
          <RecordedField name="customer_deadline_on" label={formWords.deadline} type="date" />
        </div>
        <CompetitorsField />
        <RecordedField name="sales_owner_view" label={formWords.ownerView} rows={2} />
        <RecordedField name="open_risks" label={formWords.risks} rows={2} />
        <RecordedField name="lessons" label={formWords.lessons} rows={2} />
      </div>
    </section>
  )
}

interface ChoiceFieldProps {
  name: string
  label: string
  choices: { value: string; label: string }[]
  help?: TradeWord
}

function ChoiceField({ name, label, choices, help }: ChoiceFieldProps) {
  return (
    <fieldset className={clsx(fields.comment, help && fields.helped)} data-step={name}>
      <legend className={fields.legend}>{label}</legend>
      {help && <WordHelp word={help} />}
      <Choices name={name} choices={choices} isRow />
      <ConflictPanel name={name} />
    </fieldset>
  )
}

function choicesOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

interface RecordedFieldProps {
  name: string
  label: string
  type?: 'text' | 'date'
  rows?: number
  isNumber?: boolean
}

function RecordedField({ name, label, type, rows, isNumber }: RecordedFieldProps) {
  const { autosave, isReadOnly } = useForm()
  const { id, value, change, error } = useField(name)
  return (
    <div>
      <TextField
        id={id}
        label={label}
        type={type}
        rows={rows}
        inputMode={isNumber ? 'decimal' : undefined}
        value={value}
        onChange={change}
        error={error}
        isReadOnly={isReadOnly}
        onBlur={() => void autosave.flush()}
      />
      <ConflictPanel name={name} mayKeepBoth={rows !== undefined} />
    </div>
  )
}
