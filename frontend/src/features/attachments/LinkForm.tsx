import { fieldErrors } from '@/api/problem'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import styles from './Attachments.module.css'
import { useAttachLink } from './mutations'
import { strings } from './strings'

const EMPTY = { title: '', url: '' }

export function LinkForm({ id, onClose }: { id: string; onClose: () => void }) {
  const link = usePersistedInput(`link:${id}`, EMPTY)
  const add = useAttachLink(id, () => {
    link.discard()
    onClose()
  })
  const errors = fieldErrors(add.error)
  return (
    <div className={styles.form}>
      <RestoredNotice text={link} />
      <TextField
        label={strings.linkTitle}
        value={link.value.title}
        error={errors.title}
        onChange={(title) => link.write((now) => ({ ...now, title }))}
        autoFocus
      />
      <TextField
        label={strings.linkUrl}
        description={strings.linkHint}
        value={link.value.url}
        error={errors.url}
        onChange={(url) => link.write((now) => ({ ...now, url }))}
      />
      <ErrorNote error={add.error} />
      <div className={styles.buttons}>
        <Button isPending={add.isPending} onPress={() => add.mutate(link.value)}>
          {strings.saveLink}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {strings.cancel}
        </Button>
      </div>
    </div>
  )
}
