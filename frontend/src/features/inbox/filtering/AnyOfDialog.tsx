import { Trash2 } from 'lucide-react'
import { limits } from '@/entities/opportunity/catalogue'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { offerUndo } from '@/entities/undo'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Dialog } from '@/ui/Dialog'
import styles from './AnyOfDialog.module.css'
import { FilterChips } from './FilterChips'
import { FilterMenus } from './FilterMenus'
import { groupsToEdit, withGroups } from './any-of'
import { Filters } from './Filters'
import { EMPTY_SEARCH, type InboxSearch, toText } from './search'
import { strings } from '../strings'

interface AnyOfDialogProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
  onClose: () => void
}

/** Edit groups of filters; the list stays as it is until they are applied. */
export default function AnyOfDialog({ search, go, onClose }: AnyOfDialogProps) {
  const text = usePersistedInput(`any-of:${toText(search)}`, groupsToEdit(search))
  const { value: groups, write: setGroups } = text

  function apply() {
    text.sent(groups)
    go(withGroups(search, groups))
    onClose()
  }

  function remove(place: number, group: InboxSearch) {
    setGroups(groups.toSpliced(place, 1))
    offerUndo(strings.alternativeRemoved, () => setGroups((now) => now.toSpliced(place, 0, group)))
  }

  return (
    <Dialog
      title={strings.anyOfTitle}
      onClose={onClose}
      size="large"
      action={{ onPress: apply, children: strings.apply }}
    >
      <RestoredNotice text={text} />
      <p className={styles.why}>{strings.anyOfWhy}</p>
      {groups.map((group, place) => (
        <Alternative
          // oxlint-disable-next-line react/no-array-index-key -- an alternative has nothing of its own but its place
          key={place}
          group={group}
          name={strings.alternative(place + 1)}
          onChange={(changed) => setGroups((now) => now.with(place, changed))}
          onRemove={groups.length > 1 ? () => remove(place, group) : undefined}
        />
      ))}
      {groups.length < (limits()?.either_groups ?? 0) && (
        <div>
          <Button onPress={() => setGroups([...groups, EMPTY_SEARCH])}>{strings.addAlternative}</Button>
        </div>
      )}
    </Dialog>
  )
}

interface AlternativeProps {
  group: InboxSearch
  name: string
  onChange: (group: InboxSearch) => void
  onRemove: (() => void) | undefined
}

function Alternative({ group, name, onChange, onRemove }: AlternativeProps) {
  return (
    <fieldset className={styles.alternative}>
      <legend>{name}</legend>
      <div className={styles.filters}>
        <div className={styles.inSight}>
          <FilterMenus search={group} go={onChange} />
        </div>
        <Filters search={group} go={onChange} />
        {onRemove && (
          <IconButton
            icon={Trash2}
            size={14}
            className={styles.remove}
            label={strings.removeAlternative(name)}
            onPress={onRemove}
          />
        )}
      </div>
      <FilterChips search={group} go={onChange} />
    </fieldset>
  )
}
