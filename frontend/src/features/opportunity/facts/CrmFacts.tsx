import type { OpportunityDetail } from '@/api/types'
import { ChangeLines } from '@/entities/opportunity/ChangeLines'
import { currencyAt, groupBySync, valueInWords } from '@/entities/opportunity/changes'
import { crmFields, fieldLabel } from '@/entities/opportunity/catalogue'
import { When } from '@/ui/When'
import { formatDateTime, formatRelative } from '@/lib/format'
import styles from './CrmFacts.module.css'
import { factWords } from '../strings'

/** The heading shows the name, and amounts stand with their currency. */
const ELSEWHERE = ['name', 'currency']
const MOST_RUNS = 3

interface CrmFactsProps {
  opportunity: OpportunityDetail
  /** In the wide column: in two columns, with what changed lately. */
  isWide?: boolean
}

/** Show the CRM's facts with their age, and what changed since the last view. */
export function CrmFacts({ opportunity, isWide = false }: CrmFactsProps) {
  const { last_synced_at: syncedAt, extra } = opportunity
  const facts = crmFields().filter(({ name }) => !ELSEWHERE.includes(name))
  const more = Object.entries(extra).filter(([, value]) => value !== null && value !== '')
  return (
    <section className={styles.facts} data-wide={isWide || undefined} aria-labelledby="crm-facts">
      <h2 id="crm-facts">{factWords.title}</h2>
      <p className={styles.source}>
        {factWords.synced(formatRelative(syncedAt), formatDateTime(syncedAt))}
      </p>
      {opportunity.crm_url && (
        <a href={opportunity.crm_url} target="_blank" rel="noreferrer">
          {factWords.open}
        </a>
      )}
      <dl>
        {facts.map(({ name, label }) => (
          <Fact key={name} label={label} value={valueOf(opportunity, name)} was={changedFrom(opportunity, name)} />
        ))}
      </dl>
      {isWide && <LatestChanges opportunity={opportunity} />}
      {more.length > 0 && (
        <details>
          <summary>{factWords.more}</summary>
          <dl>
            {more.map(([name, value]) => (
              <Fact key={name} label={fieldLabel(`extra.${name}`)} value={String(value)} />
            ))}
          </dl>
        </details>
      )}
    </section>
  )
}

/** Show what the CRM changed in its latest changes, each with its time. */
function LatestChanges({ opportunity: { latest_changes: changes, currency } }: CrmFactsProps) {
  if (changes.length === 0) return null
  return (
    <>
      <h3>{factWords.latest}</h3>
      <ul>
        {groupBySync(changes)
          .slice(0, MOST_RUNS)
          .map((run) => (
            <li key={run.id}>
              <p className={styles.source}>
                <When at={run.at} />
              </p>
              <ChangeLines changes={run.changes} currency={currencyAt(run.at, changes, currency)} />
            </li>
          ))}
      </ul>
    </>
  )
}

function Fact({ label, value, was }: { label: string; value: string; was?: string }) {
  return (
    <div className={styles.fact} data-changed={was !== undefined || undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {was !== undefined && (
          <span className={styles.was}>
            {factWords.was(was)}, {factWords.changed}
          </span>
        )}
      </dd>
    </div>
  )
}

function valueOf(opportunity: OpportunityDetail, name: string): string {
  return valueInWords(name, opportunity[name as keyof OpportunityDetail], opportunity.currency)
}

/** Return the value the person last saw, where it changed since. */
function changedFrom({ latest_changes, last_look_at, currency }: OpportunityDetail, name: string) {
  if (last_look_at === null) return undefined
  const since = latest_changes.filter(({ field, at }) => field === name && at > last_look_at)
  const first = since.at(-1)
  if (!first) return undefined
  return valueInWords(name, first.old, currencyAt(last_look_at, latest_changes, currency))
}
