import { fieldWord } from '@/entities/opportunity/strings'
import { formatDateTime } from '@/lib/format'
import styles from './VersionList.module.css'
import { ScoreBar } from './ScoreBar'
import { ScoreDetail } from './ScoreDetail'
import { formWords, replyWords, versionWords } from './strings'
import type { Criterion, CriterionGroup, Knockout, VersionDetail } from './types'

/** A version to read: every question, answer, anchor and comment. */
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
      <section>
        <h3>{formWords.knockouts}</h3>
        <table className={styles.table}>
          <tbody>
            {content.knockouts.map((knockout) => (
              <KnockoutRow key={knockout.code} knockout={knockout} version={version} />
            ))}
          </tbody>
        </table>
      </section>
      {content.groups.map((group) => (
        <GroupTable key={group.code} group={group} version={version} />
      ))}
      <Recorded version={version} />
    </div>
  )
}

function KnockoutRow({ knockout, version }: { knockout: Knockout; version: VersionDetail }) {
  const given = version.knockouts[knockout.code]
  return (
    <tr>
      <th scope="row">{knockout.text}</th>
      <td>{given?.reply ? replyWords[given.reply] : versionWords.noAnswer}</td>
      <td className={styles.comment}>{given?.comment}</td>
    </tr>
  )
}

function GroupTable({ group, version }: { group: CriterionGroup; version: VersionDetail }) {
  return (
    <section>
      <h3>{formWords.group(group)}</h3>
      <table className={styles.table}>
        <tbody>
          {group.criteria.map((criterion) => (
            <CriterionRow key={criterion.code} criterion={criterion} version={version} />
          ))}
        </tbody>
      </table>
    </section>
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
      <td className={styles.comment}>{answer?.comment}</td>
    </tr>
  )
}

function answerInWords(criterion: Criterion, answer: VersionDetail['answers'][string] | undefined) {
  if (!answer?.kind) return versionWords.noAnswer
  if (answer.kind === 'UNKNOWN') return formWords.unknown
  if (answer.kind === 'NA') return formWords.notApplicable
  return `${answer.rating}: ${criterion.anchors[String(answer.rating)] ?? ''}`
}

function Recorded({ version }: { version: VersionDetail }) {
  const rows = [
    [formWords.effort, version.bid_effort_days],
    [formWords.cost, [version.bid_cost, version.bid_cost_currency].filter(Boolean).join(' ')],
    [formWords.deadline, version.customer_deadline_on],
    [formWords.ownerView, version.sales_owner_view],
    [formWords.risks, version.open_risks],
    [formWords.lessons, version.lessons],
    ...Object.entries(version.crm_snapshot ?? {}).map(([name, value]) => [
      `${fieldWord(name)}, ${versionWords.facts}`,
      value,
    ]),
  ].filter(([, value]) => value !== null && value !== '' && typeof value !== 'object')
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{formWords.recorded}</h3>
      <table className={styles.table}>
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={String(label)}>
              <th scope="row">{String(label)}</th>
              <td className={styles.comment}>{String(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
