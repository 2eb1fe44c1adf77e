import { valueInWords } from '@/entities/opportunity/changes'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { formatDateTime, NONE } from '@/lib/format'
import fields from '../fields.module.css'
import { EvidenceLinks } from './EvidenceLinks'
import { ScoreBar } from '../scoring/ScoreBar'
import { ScoreDetail } from '../scoring/ScoreDetail'
import { SheetTable } from './SheetTable'
import { formWords, replyWords, versionWords } from '../strings'
import type { Criterion, Knockout, ReviewComment, VersionDetail } from '../types'
import styles from './VersionList.module.css'

/** Show a version to read: every question, answer, anchor and comment. */
export function AnswerSheet({ version }: { version: VersionDetail }) {
  const { content, scoring, submitted_at: at, submitted_by: by, mirror_synced_at: mirrorAt } = version
  return (
    <div className={styles.sheet}>
      <p className={styles.meta}>
        {at && by ? versionWords.asSubmitted(by.name, formatDateTime(at)) : versionWords.asDraft}{' '}
        {mirrorAt && versionWords.mirror(formatDateTime(mirrorAt))}
      </p>
      <ScoreBar scoring={scoring} content={content} />
      <ScoreDetail scoring={scoring} content={content} />
      <SheetTable title={formWords.knockouts} kind={styles.answers}>
        <tbody>
          {content.knockouts.map((knockout) => (
            <KnockoutRow key={knockout.code} knockout={knockout} version={version} />
          ))}
        </tbody>
      </SheetTable>
      {content.groups.map((group) => (
        <SheetTable key={group.code} title={formWords.group(group)} kind={styles.answers}>
          <tbody>
            {group.criteria.map((criterion) => (
              <CriterionRow key={criterion.code} criterion={criterion} version={version} />
            ))}
          </tbody>
        </SheetTable>
      ))}
      <Recorded version={version} />
      <Rows title={versionWords.authors} rows={version.authors.map(({ who, parts }) => [who, parts])} />
    </div>
  )
}

function KnockoutRow({ knockout, version }: { knockout: Knockout; version: VersionDetail }) {
  const answer = version.knockouts[knockout.code]
  return (
    <tr>
      <th scope="row">{knockout.text}</th>
      <td>{answer?.reply ? replyWords[answer.reply] : versionWords.noAnswer}</td>
      <td className={styles.comment}>
        {answer?.comment}
        <EvidenceLinks text={answer?.comment ?? ''} />
      </td>
    </tr>
  )
}

function CriterionRow({ criterion, version }: { criterion: Criterion; version: VersionDetail }) {
  const answer = version.answers[criterion.code]
  return (
    <tr>
      <th scope="row">
        {criterion.name}
        <div className={styles.meta}>
          {formWords.weight(criterion.weight)}
          {criterion.is_gate && ` · ${formWords.gate}`}
        </div>
      </th>
      <td>
        {answerInWords(criterion, answer)}
        {answer && (
          <div className={styles.meta}>
            {answer.on_behalf_of
              ? formWords.answeredFor(
                  answer.author.name,
                  answer.on_behalf_of.name,
                  formatDateTime(answer.answered_at),
                )
              : formWords.answeredBy(answer.author.name, formatDateTime(answer.answered_at))}
          </div>
        )}
      </td>
      <td className={styles.comment}>
        {answer?.comment}
        <EvidenceLinks text={answer?.comment ?? ''} />
        <ReviewRemarks remarks={version.review_comments.filter(({ code }) => code === criterion.code)} />
      </td>
    </tr>
  )
}

export function answerInWords(criterion: Criterion, answer: VersionDetail['answers'][string] | undefined) {
  if (!answer?.kind) return versionWords.noAnswer
  if (answer.kind === 'UNKNOWN') return formWords.unknown
  if (answer.kind === 'NA') return formWords.notApplicable
  return `${answer.rating}: ${criterion.anchors[String(answer.rating)] ?? ''}`
}

const RECORDED = [
  'bid_effort_days',
  'bid_cost',
  'customer_deadline_on',
  'competitors',
  'sales_owner_view',
  'open_risks',
  'lessons',
] as const

function Recorded({ version }: { version: VersionDetail }) {
  const facts = (version.crm_snapshot ?? {}) as Record<string, unknown>
  const currency = facts.currency ? String(facts.currency) : null
  const rows = [
    ...RECORDED.map((name) => [
      fieldLabel(name),
      valueInWords(name, version[name], version.bid_cost_currency || null),
    ]),
    ...Object.entries(facts).map(([name, value]) => [
      `${fieldLabel(name)}, ${versionWords.facts}`,
      valueInWords(name, value, currency),
    ]),
  ].filter(([, value]) => value !== NONE)
  return <Rows title={formWords.recorded} rows={rows} />
}

function Rows({ title, rows }: { title: string; rows: string[][] }) {
  if (rows.length === 0) return null
  return (
    <SheetTable title={title}>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className={styles.comment}>{value}</td>
          </tr>
        ))}
      </tbody>
    </SheetTable>
  )
}

/** Show the review comments on one criterion next to its answer. */
function ReviewRemarks({ remarks }: { remarks: ReviewComment[] }) {
  return remarks.map((remark) => (
    <div key={remark.at + remark.text} className={fields.review}>
      <p className={fields.meta}>
        {formWords.reviewSaid(remark.author.name, formatDateTime(remark.at))}
      </p>
      <p>{remark.text}</p>
    </div>
  ))
}
