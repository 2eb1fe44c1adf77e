import { useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { Opportunity, RowResult } from '@/api/types'
import { Refusal } from '@/entities/Refusal'
import { RestoredLine } from '@/entities/RestoredLine'
import { formatCount } from '@/lib/format'
import { useKeptText } from '@/lib/kept-text'
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
  const text = useKeptText(`bulk:${action}`, BLANK)
  const said = text.value
  const [missing, setMissing] = useState<Record<string, string>>({})
  const bulk = useBulk()

  function run() {
    const needed: readonly (keyof Said)[] = NEEDED[action]
    const blank = needed.filter((name) => said[name].trim() === '')
    setMissing(Object.fromEntries(blank.map((name) => [name, strings.missing])))
    if (blank.length > 0) return
    const done = (results: RowResult[]) => {
      text.sent(said)
      onDone(results, rows)
    }
    bulk.mutateAsync({ order: orderOf(action, said), rows }).then(done, () => {})
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
      <RestoredLine text={text} />
      <BulkFields
        action={action}
        said={said}
        onSay={(changed) => text.write((now) => ({ ...now, ...changed }))}
        errors={{ ...fieldErrors(bulk.error), ...missing }}
      />
      <Refusal error={bulk.error} />
    </Dialog>
  )
}

function orderOf(action: BulkAction, said: Said): BulkOrder {
  const kept = KEPT[action].map((name) => [name, said[name].trim()])
  return { action, ...Object.fromEntries(kept) } as BulkOrder
}
