import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import styles from './AnyOfDialog.module.css'
import { FilterChips } from './FilterChips'
import { FilterMenus } from './FilterMenus'
import { groupsToEdit, MOST_GROUPS, withGroups } from './groups'
import { MoreFilters } from './MoreFilters'
import { EVERYTHING, type InboxSearch } from './search'
import { strings } from './strings'

interface AnyOfDialogProps {
  search: InboxSearch
  go: (search: InboxSearch) => void
  onClose: () => void
}

/** The list stays as it is until all alternatives are chosen. */
export default function AnyOfDialog({ search, go, onClose }: AnyOfDialogProps) {
  const [groups, setGroups] = useState(() => groupsToEdit(search))

  function apply() {
    go(withGroups(search, groups))
    onClose()
  }

  return (
    <Dialog
      title={strings.anyOfTitle}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      size="large"
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button kind="primary" onPress={apply}>
            {strings.apply}
          </Button>
        </>
      }
    >
      <p className={styles.why}>{strings.anyOfWhy}</p>
      {groups.map((group, place) => (
        <Alternative
          // oxlint-disable-next-line react/no-array-index-key -- an alternative has nothing of its own but its place
          key={place}
          group={group}
          name={strings.alternative(place + 1)}
          onChange={(changed) => setGroups((before) => before.with(place, changed))}
          onRemove={
            groups.length > 1 ? () => setGroups(groups.toSpliced(place, 1)) : undefined
          }
        />
      ))}
      {groups.length < MOST_GROUPS && (
        <div>
          <Button onPress={() => setGroups([...groups, EVERYTHING])}>{strings.addAlternative}</Button>
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
        <MoreFilters search={group} go={onChange} />
        {onRemove && (
          <Button
            kind="quiet"
            isIconOnly
            className={styles.remove}
            aria-label={strings.removeAlternative(name)}
            onPress={onRemove}
          >
            <Trash2 size={14} aria-hidden />
          </Button>
        )}
      </div>
      <FilterChips search={group} go={onChange} />
    </fieldset>
  )
}
