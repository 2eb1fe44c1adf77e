import { Link } from '@tanstack/react-router'
import type { Opportunity, RowResult } from '@/api/types'
import { common } from '@/strings/common'
import { Dialog } from '@/ui/Dialog'
import styles from './ResultDialog.module.css'
import { strings } from './strings'

interface ResultDialogProps {
  refused: RowResult[]
  rows: Opportunity[]
  onClose: () => void
}

export default function ResultDialog({ refused, rows, onClose }: ResultDialogProps) {
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (
    <Dialog title={strings.resultTitle} isOpen onClose={onClose} closeLabel={common.close} size="large">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.resultRow}</th>
            <th scope="col">{strings.resultWhy}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map(({ id, detail }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/opportunities/$id" params={{ id }}>
                  {names.get(id) ?? id}
                </Link>
              </th>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
