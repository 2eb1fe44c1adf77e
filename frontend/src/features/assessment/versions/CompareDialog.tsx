import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Loaded } from '@/entities/Loaded'
import { changesInWords, type FieldChange } from '@/entities/opportunity/changes'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { formatDecimal } from '@/lib/format'
import { Dialog } from '@/ui/Dialog'
import { TableHead } from '@/ui/TableHead'
import { CommentChanges } from './CommentChanges'
import { SheetTable } from './SheetTable'
import { comparisonQuery } from '@/api/queries'
import { directionWords, versionWords } from '../strings'
import type { Comparison } from '../types'
import styles from './VersionList.module.css'

interface CompareDialogProps {
  opportunityId: string
  older: number
  newer: number
  onClose: () => void
}

export default function CompareDialog({ opportunityId, older, newer, onClose }: CompareDialogProps) {
  return (
    <Dialog
      title={versionWords.compareTitle(older, newer)}
      onClose={onClose}
      size="large"
      isToRead
    >
      <Loaded query={useQuery(comparisonQuery(opportunityId, older, newer))} lines={6}>
        {(data) => <Differences comparison={data} />}
      </Loaded>
    </Dialog>
  )
}

/** Show what each criterion did to the score, then other differences. */
function Differences({ comparison }: { comparison: Comparison }) {
  const { change, rounding, criteria, knockouts, recorded } = comparison
  const others = Object.entries(recorded).map(([field, [old, now]]) => ({ field, old, new: now }))
  const isSame = criteria.length + knockouts.length + others.length === 0
  return (
    <div className={styles.sheet}>
      <p>
        {Number(change) === 0 || change === null
          ? versionWords.noChange
          : versionWords.change(signed(change))}{' '}
        {Number(rounding) !== 0 && versionWords.rounding(signed(rounding))}
      </p>
      {isSame && <p>{versionWords.same}</p>}
      <DifferenceTable title={versionWords.criteria} rows={criteria} hasPoints />
      <DifferenceTable title={versionWords.knockouts} rows={knockouts} />
      {others.length > 0 && <RecordedTable rows={others} />}
    </div>
  )
}

const SIDES = [versionWords.before, versionWords.after]

interface DifferenceTableProps {
  title: string
  rows: Comparison['criteria']
  hasPoints?: boolean
}

function DifferenceTable({ title, rows, hasPoints = false }: DifferenceTableProps) {
  if (rows.length === 0) return null
  return (
    <SheetTable title={title} kind={styles.compared}>
      <TableHead columns={hasPoints ? [versionWords.criterion, ...SIDES, versionWords.points] : [versionWords.check, ...SIDES]} />
      {rows.map((row) => (
        <tbody key={row.code}>
          <Difference row={row} hasPoints={hasPoints} />
        </tbody>
      ))}
    </SheetTable>
  )
}

/** Show the answers, and below them the comment where it changed. */
function Difference({ row, hasPoints }: { row: Comparison['criteria'][number]; hasPoints: boolean }) {
  const { name, before, after, direction, points } = row
  const comments = { before: before?.comment ?? '', after: after?.comment ?? '' }
  const isSaidAnew = comments.before !== comments.after
  return (
    <>
      <tr>
        <th scope="rowgroup" rowSpan={isSaidAnew ? 2 : 1}>
          {name}
        </th>
        <td>{before?.value || versionWords.noAnswer}</td>
        <td>{after?.value || versionWords.noAnswer}</td>
        {hasPoints && (
          <td>
            <Direction direction={direction} /> {signed(points)}
          </td>
        )}
      </tr>
      {isSaidAnew && (
        <tr>
          <td colSpan={hasPoints ? 3 : 2} className={styles.said}>
            <CommentChanges {...comments} />
          </td>
        </tr>
      )}
    </>
  )
}

function Direction({ direction }: { direction: string }) {
  const meaning = directionWords[direction]
  if (!meaning) return null
  const Icon = direction === 'up' ? ArrowUp : ArrowDown
  return <Icon size={14} role="img" aria-label={meaning} />
}

function RecordedTable({ rows }: { rows: FieldChange[] }) {
  return (
    <SheetTable title={versionWords.recorded} kind={styles.compared}>
      <TableHead columns={[versionWords.field, ...SIDES]} />
      <tbody>
        {changesInWords(rows, null).map(({ field, old, now }) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(field)}</th>
            <td className={styles.comment}>{old}</td>
            <td className={styles.comment}>{now}</td>
          </tr>
        ))}
      </tbody>
    </SheetTable>
  )
}

function signed(points: string): string {
  return Number(points) > 0 ? `+${formatDecimal(points)}` : formatDecimal(points)
}
