import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX } from 'lucide-react'
import type { Opportunity, RowResult } from '@/api/types'
import { formatCount } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Dialog } from '@/ui/Dialog'
import { TableHead } from '@/ui/TableHead'
import styles from './ResultDialog.module.css'
import { strings } from '../strings'

interface ResultDialogProps {
  results: RowResult[]
  rows: Opportunity[]
  onClose: () => void
}

/** Show how many are done and, row by row, why the others are not. */
export default function ResultDialog({ results, rows, onClose }: ResultDialogProps) {
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const done = results.filter((each) => each.is_done).length
  const title = strings.doneAndRefused(formatCount(done), formatCount(results.length - done))
  const inOrder = results.toSorted((one, other) => Number(one.is_done) - Number(other.is_done))
  return (
    <Dialog title={title} onClose={onClose} size="large">
      <table className={styles.table}>
        <TableHead columns={[strings.resultRow, strings.result, strings.resultWhy]} />
        <tbody>
          {inOrder.map(({ id, is_done: isDone, detail }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/opportunities/$id" params={{ id }}>
                  {names.get(id) ?? id}
                </Link>
              </th>
              <td>
                <Outcome isDone={isDone} />
              </td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}

function Outcome({ isDone }: { isDone: boolean }) {
  const Icon = isDone ? CircleCheck : CircleX
  return (
    <Badge tone={isDone ? 'good' : 'bad'} icon={<Icon size={14} />}>
      {isDone ? strings.wasDone : strings.wasRefused}
    </Badge>
  )
}
