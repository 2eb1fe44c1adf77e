import { Link } from '@tanstack/react-router'
import { EqualNot, X } from 'lucide-react'
import { Button } from '@/ui/Button'
import { focusBeside } from '@/ui/focus'
import { ScrollBox } from '@/ui/ScrollBox'
import styles from './Compare.module.css'
import { type Compared, type CompareRow, crmRows, scoreRows, workRows } from './compare'
import { strings } from './strings'

interface CompareTableProps {
  compared: Compared[]
  isOnlyDifferent: boolean
  onRemove: (id: string) => void
}

export function CompareTable({ compared, isOnlyDifferent, onRemove }: CompareTableProps) {
  const remove = (button: Element, id: string) => {
    focusBeside(button, 'tr')
    onRemove(id)
  }
  const sections: [string, CompareRow[]][] = [
    [strings.sections.crm, crmRows(compared)],
    [strings.sections.work, workRows(compared)],
    [strings.sections.criteria, scoreRows(compared)],
  ]
  const shown = sections
    .map(([title, rows]) => [title, rows.filter((row) => row.isDifferent || !isOnlyDifferent)] as const)
    .filter(([, rows]) => rows.length > 0)
  if (shown.length === 0) return <p role="status">{strings.same}</p>
  return (
    <ScrollBox label={strings.table}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.fact}</th>
            {compared.map(({ opportunity: { id, name, opty_number: number } }) => (
              <th key={id} scope="col">
                <div className={styles.deal}>
                  <span>
                    <Link to="/opportunities/$id" params={{ id }}>
                      {name}
                    </Link>
                    <span className={styles.number}>{number}</span>
                  </span>
                  <Button kind="quiet" isIconOnly aria-label={strings.remove(name)} onPress={({ target }) => remove(target, id)}>
                    <X size={16} aria-hidden />
                  </Button>
                </div>
              </th>
            ))}
          </tr>
        </thead>
        {shown.map(([title, rows]) => (
          <Section key={title} title={title} rows={rows} columns={compared.length + 1} />
        ))}
      </table>
    </ScrollBox>
  )
}

function Section({ title, rows, columns }: { title: string; rows: CompareRow[]; columns: number }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns} className={styles.section}>
          <span>{title}</span>
        </th>
      </tr>
      {rows.map(({ label, values, isDifferent }) => (
        <tr key={label} data-different={isDifferent || undefined}>
          <th scope="row">
            {label}
            {isDifferent && <EqualNot size={14} role="img" aria-label={strings.different} className={styles.mark} />}
          </th>
          {values.map((value, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a value has nothing of its own but its column
            <td key={place}>{value}</td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
