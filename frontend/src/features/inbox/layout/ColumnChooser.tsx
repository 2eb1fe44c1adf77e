import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { MoveButtons } from '@/ui/MoveButtons'
import { Select } from '@/ui/Select'
import styles from './ColumnChooser.module.css'
import { type Column, FIRST } from './columns'
import { defaultLayout, type LayoutPreference, moved, type Width } from './layout'
import { strings } from '../strings'
import { useLayout } from './use-layout'

const DENSITIES = Object.entries(strings.densities).map(([value, label]) => ({ value, label }))
const WIDTHS = Object.entries(strings.widths).map(([value, label]) => ({ value, label }))

interface ColumnChooserProps {
  kept: LayoutPreference
  keep: (layout: LayoutPreference) => void
  onClose: () => void
}

/** Choose, order and size columns; buttons move them, so nobody has to drag. */
export default function ColumnChooser({ kept, keep, onClose }: ColumnChooserProps) {
  const { all } = useLayout()
  const shown = kept.columns.filter((id) => !FIRST.includes(id))
  const others = all.filter(({ id }) => ![...shown, ...FIRST].includes(id))
  const inOrder = [...shown.flatMap((id) => all.filter((each) => each.id === id)), ...others]
  return (
    <Dialog
      title={strings.columnsTitle}
      onClose={onClose}
      buttons={<Button onPress={() => keep(defaultLayout())}>{strings.reset}</Button>}
    >
      <Select
        label={strings.density}
        value={kept.density}
        options={DENSITIES}
        onChange={(density) => keep({ ...kept, density: density as LayoutPreference['density'] })}
      />
      <ul className={styles.list}>
        {inOrder.map((column) => (
          <Choice
            key={column.id}
            column={column}
            place={shown.indexOf(column.id)}
            last={shown.length - 1}
            width={kept.widths[column.id] ?? 'normal'}
            onShow={(isShown) =>
              keep({
                ...kept,
                columns: isShown ? [...shown, column.id] : shown.filter((id) => id !== column.id),
              })
            }
            onMove={(by) => keep({ ...kept, columns: moved(shown, column.id, by) })}
            onWidth={(width) => keep({ ...kept, widths: { ...kept.widths, [column.id]: width } })}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface ChoiceProps {
  column: Column
  place: number
  last: number
  width: Width
  onShow: (isShown: boolean) => void
  onMove: (by: -1 | 1) => void
  onWidth: (width: Width) => void
}

function Choice({ column: { label }, place, last, width, onShow, onMove, onWidth }: ChoiceProps) {
  const isShown = place >= 0
  return (
    <li className={styles.choice}>
      <Checkbox isSelected={isShown} onChange={onShow} className={styles.name}>
        {label}
      </Checkbox>
      {isShown && (
        <>
          <Select
            label={strings.width(label)}
            isLabelHidden
            value={width}
            options={WIDTHS}
            onChange={(chosen) => onWidth(chosen as Width)}
          />
          <MoveButtons name={label} isFirst={place === 0} isLast={place === last} onMove={onMove} />
        </>
      )}
    </li>
  )
}

