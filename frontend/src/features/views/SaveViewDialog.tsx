import { useState } from 'react'
import { fieldErrors, sentenceOf } from '@/api/problem'
import type { SavedView } from '@/api/types'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { useSaveView } from './queries'
import { strings } from './strings'

interface SaveViewDialogProps {
  query: string
  columns: string[]
  open: (view: SavedView) => void
  onClose: () => void
}

export default function SaveViewDialog({ query, columns, open, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState('')
  const [isShared, share] = useState(false)
  const [isDefault, begin] = useState(false)
  const saving = useSaveView()
  const errors = fieldErrors(saving.error)
  const why = saving.isError ? (errors.name ?? sentenceOf(saving.error)) : undefined

  function save() {
    const view = { name, query, columns: columns as never, is_shared: isShared, is_default: isDefault }
    saving.mutate(view, {
      onSuccess: (kept) => {
        toast({ kind: 'done', text: strings.saved(kept.name) })
        open(kept)
        onClose()
      },
    })
  }

  return (
    <Dialog
      title={strings.saveAs}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      size="small"
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button kind="primary" onPress={save} isPending={saving.isPending}>
            {common.save}
          </Button>
        </>
      }
    >
      <TextField
        label={strings.name}
        value={name}
        onChange={setName}
        maxLength={100}
        autoFocus
        error={why}
      />
      <Checkbox isSelected={isShared} onChange={share}>
        {strings.share}
      </Checkbox>
      <Checkbox isSelected={isDefault} onChange={begin}>
        {strings.start}
      </Checkbox>
    </Dialog>
  )
}
