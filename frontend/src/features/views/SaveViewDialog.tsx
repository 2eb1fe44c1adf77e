import { fieldErrors } from '@/api/problem'
import type { SavedView } from '@/api/types'
import { ErrorNote } from '@/entities/ErrorNote'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { usePersistedInput } from '@/lib/persisted-input'
import { common } from '@/strings/common'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { useSaveView } from './mutations'
import { strings } from './strings'

interface SaveViewDialogProps {
  query: string
  columns: string[]
  open: (view: SavedView) => void
  onClose: () => void
}

export default function SaveViewDialog({ query, columns, open, onClose }: SaveViewDialogProps) {
  const text = usePersistedInput('save-view', { name: '', is_shared: false, is_default: false })
  const say = (more: Partial<typeof text.value>) => text.write({ ...text.value, ...more })
  const saving = useSaveView(true)
  const errors = fieldErrors(saving.error)

  function save() {
    const done = (kept: SavedView) => {
      text.sent(text.value)
      toast({ kind: 'done', text: strings.saved(kept.name) })
      open(kept)
      onClose()
    }
    saving.mutateAsync({ ...text.value, query, columns: columns as never }).then(done, () => {})
  }

  return (
    <Dialog
      title={strings.saveAs}
      onClose={onClose}
      size="small"
      action={{ onPress: save, isPending: saving.isPending, children: common.save }}
    >
      <RestoredNotice text={text} />
      <ErrorNote error={saving.error} />
      <TextField
        label={strings.name}
        value={text.value.name}
        onChange={(name) => say({ name })}
        maxLength={100}
        autoFocus
        error={errors.name}
      />
      <Checkbox isSelected={text.value.is_shared} onChange={(is_shared) => say({ is_shared })}>
        {strings.share}
      </Checkbox>
      <Checkbox isSelected={text.value.is_default} onChange={(is_default) => say({ is_default })}>
        {strings.start}
      </Checkbox>
    </Dialog>
  )
}
