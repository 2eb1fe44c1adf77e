import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
  type Selection,
  Text,
} from 'react-aria-components'
import { FocusBack } from './FocusBack'
import styles from './Menu.module.css'

export interface MenuEntry {
  id: string
  label: string
  description?: string
  isDisabled?: boolean
}

interface MenuProps {
  label: string
  /** A Button. */
  trigger: ReactNode
  entries: readonly MenuEntry[]
  onAction?: (id: string) => void
  /** With these entries can be chosen instead, one or several. */
  selectionMode?: 'single' | 'multiple'
  selected?: readonly string[]
  onSelect?: (ids: string[]) => void
  onOpenChange?: (isOpen: boolean) => void
}

export function Menu(props: MenuProps) {
  const { label, trigger, entries, onAction, selectionMode, selected, onSelect, onOpenChange } = props
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      {trigger}
      <Popover className={styles.popover}>
        <FocusBack />
        <AriaMenu
          className={styles.menu}
          aria-label={label}
          onAction={(id) => onAction?.(String(id))}
          selectionMode={selectionMode}
          selectedKeys={selected}
          onSelectionChange={(chosen) => onSelect?.(idsOf(chosen, entries))}
        >
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.isDisabled}
      className={styles.item}
    >
      <Check size={14} className={styles.check} aria-hidden />
      <Text slot="label">{entry.label}</Text>
      {entry.description && (
        <Text slot="description" className={styles.description}>
          {entry.description}
        </Text>
      )}
    </MenuItem>
  )
}

function idsOf(chosen: Selection, entries: readonly MenuEntry[]): string[] {
  return chosen === 'all' ? entries.map((each) => each.id) : [...chosen].map(String)
}
