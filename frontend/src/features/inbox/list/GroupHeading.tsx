import { formatCount } from '@/lib/format'
import { amountsOf } from '../amounts'
import styles from './InboxTable.module.css'
import type { Section } from './sections'
import { strings } from '../strings'

interface GroupHeadingProps {
  heading: NonNullable<Section['heading']>
  /** How many of its rows are here. */
  onPage: number
  /** How many columns it stands above. */
  span: number
}

/** Show a group's count and values on all pages, and how many rows are on this one. */
export function GroupHeading({ heading: { label, group }, onPage, span }: GroupHeadingProps) {
  const part = onPage < group.count && `, ${strings.onPage(formatCount(onPage))}`
  return (
    <tr>
      <th scope="rowgroup" colSpan={span} className={styles.group}>
        <span className={styles.groupWords}>
          <strong>{label}</strong>{' '}
          <span>
            {strings.count(group.count, formatCount(group.count))}
            {part}
          </span>{' '}
          <span>{amountsOf(group.values)}</span>
        </span>
      </th>
    </tr>
  )
}
