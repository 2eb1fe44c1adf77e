import { fieldErrors } from '@/api/problem'
import type { OpportunityDetail } from '@/api/types'
import { useOwnFields } from '@/entities/action/mutations'
import { ErrorNote } from '@/entities/ErrorNote'
import { fieldLabel } from '@/entities/opportunity/catalogue'
import { priorities, priorityWords } from '@/entities/opportunity/strings'
import { RestoredNotice } from '@/entities/RestoredNotice'
import { formatDate } from '@/lib/format'
import { usePersistedInput } from '@/lib/persisted-input'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import styles from './OwnFields.module.css'
import { noteWords } from '../strings'

/** Show the fields that people own. */
export function OwnFields({ opportunity }: { opportunity: OpportunityDetail }) {
  const { sa_notes: notes, bid_due_on: dueOn, may_write_notes: mayWrite } = opportunity
  return (
    <section className={styles.fields} aria-labelledby="own-fields">
      <h2 id="own-fields">{noteWords.title}</h2>
      {mayWrite ? (
        <Editor opportunity={opportunity} />
      ) : (
        <>
          <p className={styles.notes}>{notes || noteWords.empty}</p>
          <p>
            {noteWords.bidDue}: {formatDate(dueOn)}
          </p>
          <p>
            {fieldLabel('priority')}: {priorityWords[opportunity.priority]}
          </p>
        </>
      )}
    </section>
  )
}

/** Absent while nothing is typed; `was` are the notes it was typed over. */
interface Typed {
  notes?: string
  day?: string
  priority?: OpportunityDetail['priority']
  was?: string
}

/** Edit notes and date; text stays through a refresh, and a conflict is shown. */
function Editor({ opportunity }: { opportunity: OpportunityDetail }) {
  const { id, sa_notes: stored, bid_due_on: dueOn } = opportunity
  const text = usePersistedInput<Typed>(`notes:${id}`, {})
  const { notes, day, priority, was } = text.value
  const save = useOwnFields(id, true)
  const errors = fieldErrors(save.error)

  function done() {
    text.sent(text.value)
    toast({ kind: 'done', text: noteWords.saved })
  }

  function saveTyped() {
    const fields = {
      ...(notes !== undefined && { sa_notes: notes }),
      ...(day !== undefined && { bid_due_on: day || null }),
      ...(priority && { priority }),
      lock_version: opportunity.lock_version,
    }
    save.mutateAsync(fields).then(done, () => {})
  }

  return (
    <>
      <RestoredNotice text={text} />
      {was !== undefined && was !== stored && (
        <Notice>
          {noteWords.changedSince}
          <p className={styles.notes}>{stored || noteWords.empty}</p>
        </Notice>
      )}
      <TextField
        label={noteWords.notes}
        rows={4}
        value={notes ?? stored}
        error={errors.sa_notes}
        onChange={(typed) => text.write({ was: stored, ...text.value, notes: typed })}
      />
      <TextField
        label={noteWords.bidDue}
        type="date"
        value={day ?? dueOn ?? ''}
        error={errors.bid_due_on}
        onChange={(typed) => text.write({ ...text.value, day: typed })}
      />
      <Select
        label={fieldLabel('priority')}
        value={priority ?? opportunity.priority}
        options={priorities}
        onChange={(chosen) => text.write({ ...text.value, priority: chosen as OpportunityDetail['priority'] })}
      />
      <ErrorNote error={save.error} />
      {(notes !== undefined || day !== undefined || priority) && (
        <div>
          <Button isPending={save.isPending} onPress={saveTyped}>
            {noteWords.save}
          </Button>
        </div>
      )}
    </>
  )
}
