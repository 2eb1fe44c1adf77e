import { formatCount } from '@/lib/format'
import { amountsOf } from './amounts'
import styles from './InboxTable.module.css'
import type { Section } from './sections'
import { strings } from './strings'

interface GroupHeadingProps {
  heading: NonNullable<Section['heading']>
  /** How many columns it stands above. */
  span: number
}

/** What the group has on all pages, not on this one alone. */
export function GroupHeading({ heading: { label, group }, span }: GroupHeadingProps) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={span} className={styles.group}>
        <span className={styles.groupWords}>
          <strong>{label}</strong> <span>{strings.count(group.count, formatCount(group.count))}</span>{' '}
          <span>{amountsOf(group.values)}</span>
        </span>
      </th>
    </tr>
  )
}
