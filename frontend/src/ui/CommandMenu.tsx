import { Search } from 'lucide-react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  Text,
  TextField,
} from 'react-aria-components'
import type { Command } from '@/lib/commands'
import { FocusBack } from './FocusBack'
import styles from './CommandMenu.module.css'
import { Kbd } from './Kbd'
import { ScrollBox } from './ScrollBox'

export interface CommandGroup {
  title: string
  commands: Command[]
}

interface CommandMenuProps {
  label: string
  placeholder: string
  typed: string
  onType: (typed: string) => void
  /** Narrowed to what is typed already. */
  groups: CommandGroup[]
  /** In place of the groups where there is none. */
  nothing: string
  onClose: () => void
}

/** Show a search field with commands; arrows choose below it, Enter runs. */
export function CommandMenu(props: CommandMenuProps) {
  const { label, placeholder, typed, onType, groups, nothing, onClose } = props
  const shown = groups.filter(({ commands }) => commands.length > 0)
  return (
    <ModalOverlay
      className={styles.overlay}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={styles.modal}>
        <FocusBack />
        <Dialog className={styles.dialog} aria-label={label}>
          <Autocomplete inputValue={typed} onInputChange={onType}>
            <TextField aria-label={label} className={styles.field} autoFocus>
              <Search size={16} aria-hidden className={styles.glass} />
              <Input className={styles.input} placeholder={placeholder} />
            </TextField>
            <ScrollBox label={label}>
              <Menu
                className={styles.menu}
                aria-label={label}
                renderEmptyState={() => <p className={styles.nothing}>{nothing}</p>}
              >
                {shown.map(({ title, commands }) => (
                  <MenuSection key={title} className={styles.group}>
                    <Header className={styles.title}>{title}</Header>
                    {commands.map((command) => (
                      <Entry key={command.id} command={command} onClose={onClose} />
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </ScrollBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Entry({ command, onClose }: { command: Command; onClose: () => void }) {
  const { id, label, description, keys, run } = command
  return (
    <MenuItem
      id={id}
      textValue={label}
      className={styles.item}
      onAction={() => {
        onClose()
        run()
      }}
    >
      <Text slot="label">{label}</Text>
      {description && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      {keys && <Kbd>{keys}</Kbd>}
    </MenuItem>
  )
}
