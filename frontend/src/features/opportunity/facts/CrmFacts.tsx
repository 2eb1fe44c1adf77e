import type { OpportunityDetail } from '@/api/types'
import { currencyAt, valueInWords } from '@/entities/opportunity/changes'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { formatDate, formatDateTime, formatMoney, formatPercent, formatRelative } from '@/lib/format'
import styles from './CrmFacts.module.css'
import { factWords } from '../strings'

const FACTS: [string, (of: OpportunityDetail) => string][] = [
  ['opty_number', (of) => of.opty_number ?? '—'],
  ['customer', (of) => of.customer ?? '—'],
  ['deal_value', (of) => formatMoney(of.deal_value, of.currency)],
  ['practice', (of) => of.practice ?? '—'],
  ['geo', (of) => of.geo ?? '—'],
  ['sector', (of) => of.sector ?? '—'],
  ['stage', (of) => of.stage ?? '—'],
  ['crm_status', (of) => of.crm_status ?? '—'],
  ['win_probability', (of) => formatPercent(of.win_probability)],
  ['close_date', (of) => formatDate(of.close_date)],
  ['sales_owner', (of) => of.sales_owner ?? '—'],
  ['crm_created_at', (of) => formatDateTime(of.crm_created_at)],
  ['crm_updated_at', (of) => formatDateTime(of.crm_updated_at)],
]

/** Show the CRM's facts with their age, and what changed since the last view. */
export function CrmFacts({ opportunity }: { opportunity: OpportunityDetail }) {
  const { last_synced_at: syncedAt, extra } = opportunity
  const more = Object.entries(extra).filter(([, value]) => value !== null && value !== '')
  return (
    <section className={styles.facts} aria-labelledby="crm-facts">
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
        {FACTS.map(([name, show]) => (
          <Fact key={name} label={fieldLabel(name)} value={show(opportunity)} was={changedFrom(opportunity, name)} />
        ))}
      </dl>
      {more.length > 0 && (
        <details>
          <summary>{factWords.more}</summary>
          <dl>
            {more.map(([name, value]) => (
              <Fact key={name} label={name.replace(/_c$/, '').replaceAll('_', ' ')} value={String(value)} />
            ))}
          </dl>
        </details>
      )}
    </section>
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

/** Return the value the person last saw, where it changed since. */
function changedFrom({ latest_changes, last_look_at, currency }: OpportunityDetail, name: string) {
  if (last_look_at === null) return undefined
  const since = latest_changes.filter(({ field, at }) => field === name && at > last_look_at)
  const first = since.at(-1)
  if (!first) return undefined
  return valueInWords(name, first.old, currencyAt(last_look_at, latest_changes, currency))
}
