import { useState } from 'react'
import { fieldErrors, sentenceOf } from '@/api/problem'
import type { Opportunity, RowResult } from '@/api/types'
import { formatCount } from '@/lib/format'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { BulkAction } from './BulkBar'
import { BulkFields } from './BulkFields'
import { type BulkOrder, useBulk } from './bulk'
import { strings } from './strings'

const TITLES = {
  assign: strings.assignTitle,
  hold: strings.holdTitle,
  noBid: strings.noBidTitle,
  resume: strings.resumeTitle,
}
const BLANK = { assignee: '', reason: '', review_on: '', reason_code: '' }
const NEEDED = {
  assign: ['assignee'],
  hold: ['review_on', 'reason'],
  noBid: ['reason_code', 'reason'],
  resume: [],
} as const
const KEPT = {
  assign: ['assignee', 'reason'],
  hold: ['review_on', 'reason'],
  noBid: ['reason_code', 'reason'],
  resume: ['reason'],
} as const

export type Said = typeof BLANK

interface BulkDialogProps {
  action: BulkAction
  rows: Opportunity[]
  onClose: () => void
  onDone: (results: RowResult[], rows: Opportunity[]) => void
}

/** How many are meant stands in the title: pressing the button is the confirmation. */
export default function BulkDialog({ action, rows: selected, onClose, onDone }: BulkDialogProps) {
  // What is confirmed is what was asked for, whatever leaves the list meanwhile.
  const [rows] = useState(selected)
  const [said, say] = useState(BLANK)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const bulk = useBulk()

  function run() {
    const needed: readonly (keyof Said)[] = NEEDED[action]
    const blank = needed.filter((name) => said[name].trim() === '')
    setMissing(Object.fromEntries(blank.map((name) => [name, strings.missing])))
    if (blank.length > 0) return
    bulk.mutate({ order: orderOf(action, said), rows }, { onSuccess: (results) => onDone(results, rows) })
  }

  return (
    <Dialog
      title={TITLES[action](rows.length, formatCount(rows.length))}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      buttons={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button kind="primary" onPress={run} isPending={bulk.isPending}>
            {strings.run[action]}
          </Button>
        </>
      }
    >
      <BulkFields
        action={action}
        said={said}
        onSay={(changed) => say({ ...said, ...changed })}
        errors={{ ...fieldErrors(bulk.error), ...missing }}
      />
      {bulk.isError && <p role="alert">{sentenceOf(bulk.error)}</p>}
    </Dialog>
  )
}

function orderOf(action: BulkAction, said: Said): BulkOrder {
  const kept = KEPT[action].map((name) => [name, said[name].trim()])
  return { action, ...Object.fromEntries(kept) } as BulkOrder
}
