import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { fieldErrors } from '@/api/problem'
import type { Opportunity, RowResult, WorkflowActionInfo } from '@/api/types'
import { ActionFields } from '@/entities/action/ActionFields'
import { type ActionInputs, bodyOf, isDeclining, missingOf } from '@/entities/action/inputs'
import { ErrorNote } from '@/entities/ErrorNote'
import { nameOf } from '@/entities/person/people'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { formatCount } from '@/lib/format'
import { usePersistedInput } from '@/lib/persisted-input'
import { Dialog } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'
import { strings } from '../strings'
import styles from './BulkDialog.module.css'
import { useBulk, useBulkCheck } from './bulk'

interface BulkDialogProps {
  action: WorkflowActionInfo
  rows: Opportunity[]
  onClose: () => void
  onDone: (results: RowResult[], rows: Opportunity[], sa?: string) => void
}

/** Ask what the action asks for. The title says how many: pressing the button is the confirmation. */
export default function BulkDialog({ action, rows: selected, onClose, onDone }: BulkDialogProps) {
  // Rows that leave the list meanwhile stay confirmed.
  const [all] = useState(selected)
  const check = useBulkCheck(action.value, all)
  const why = new Map(check.refused.map(({ id, detail }) => [id, detail]))
  const rows = all.filter(({ id }) => !why.has(id))
  const text = usePersistedInput<ActionInputs>(`bulk:${action.value}`, {})
  const [missing, setMissing] = useState<Record<string, string>>({})
  const bulk = useBulk(action.path, rows)
  const assignee = String(text.value.assignee ?? '')
  const cache = useQueryClient()

  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const shown = form.current
    // A list to choose from does not send its form by itself.
    const sendFromList = ({ key, target }: KeyboardEvent) => {
      if (key === 'Enter' && target instanceof HTMLSelectElement) shown?.requestSubmit()
    }
    shown?.querySelector<HTMLElement>('select, input, textarea')?.focus()
    shown?.addEventListener('keydown', sendFromList)
    return () => shown?.removeEventListener('keydown', sendFromList)
  }, [])

  // Enter may come before the check is back: it counts then, unless somebody has to be left out.
  const isSentEarly = useRef(false)
  useEffect(() => {
    if (check.isPending || !isSentEarly.current) return
    isSentEarly.current = false
    if (why.size === 0) form.current?.requestSubmit()
  }, [check.isPending, why.size])

  function run() {
    isSentEarly.current = check.isPending
    if (check.isPending || rows.length === 0) return
    const body = bodyOf(action, text.value)
    const blank = missingOf(action, body)
    setMissing(blank)
    if (Object.keys(blank).length > 0) return
    // Whom the answer is about; the dialog does not wait for it.
    let sa: string | undefined
    void nameOf(cache, assignee).then((name) => (sa = name))
    const done = (results: RowResult[]) => {
      text.sent(text.value)
      onDone(results, rows, sa)
    }
    bulk.mutateAsync(body).then(done, () => {})
  }

  return (
    <Dialog
      title={`${action.label}: ${howMany(rows.length, all.length)}`}
      onClose={onClose}
      action={{ onPress: run, isPending: bulk.isPending, isDisabled: check.isPending || rows.length === 0, children: action.label }}
    >
      <Refused rows={all} why={why} label={action.label} />
      <RestoredNotice text={text} />
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <ActionFields
          action={action}
          inputs={text.value}
          onChange={(more) => text.write((now) => ({ ...now, ...more }))}
          errors={{ ...fieldErrors(bulk.error), ...missing }}
          isDeclining={isDeclining(action.value)}
          reasonHint={action.value === 'ASSIGN' ? strings.reasonIfDraft : undefined}
        />
      </form>
      <ErrorNote error={bulk.error} />
    </Dialog>
  )
}

function howMany(possible: number, all: number): string {
  const count = strings.count(all, formatCount(all))
  return possible === all ? count : strings.ofAll(formatCount(possible), count)
}

interface RefusedProps {
  rows: Opportunity[]
  why: Map<string, string>
  label: string
}

/** Say before anything is sent which rows are left out, and why. */
function Refused({ rows, why, label }: RefusedProps) {
  if (why.size === 0) return null
  const refused = rows.filter(({ id }) => why.has(id))
  return (
    <Notice tone="warning">
      <p>{strings.leftOut(label, refused.length)}</p>
      <ul>
        {refused.map(({ id, name }) => (
          <li key={id}>
            {name}: {why.get(id)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
