import { useState } from 'react'
import { fieldErrors, sentenceOf } from '@/api/problem'
import type { OpportunityDetail } from '@/api/types'
import { formatDate } from '@/lib/format'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { useOwnFields } from './actions'
import styles from './OwnFields.module.css'
import { noteWords } from './strings'

/** The fields people own beside those of the CRM. */
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
        </>
      )}
    </section>
  )
}

/** What is typed stays when the page is refreshed; a conflict is said and nothing is lost. */
function Editor({ opportunity }: { opportunity: OpportunityDetail }) {
  const [typedNotes, typeNotes] = useState<string | null>(null)
  const [typedDay, typeDay] = useState<string | null>(null)
  const save = useOwnFields(opportunity)
  const errors = fieldErrors(save.error)

  function saveTyped() {
    const fields = {
      ...(typedNotes !== null && { sa_notes: typedNotes }),
      ...(typedDay !== null && { bid_due_on: typedDay || null }),
    }
    save.mutate(fields, {
      onSuccess: () => {
        typeNotes(null)
        typeDay(null)
        toast({ kind: 'done', text: noteWords.saved })
      },
    })
  }

  return (
    <>
      <TextField
        label={noteWords.notes}
        rows={4}
        value={typedNotes ?? opportunity.sa_notes}
        error={errors.sa_notes}
        onChange={typeNotes}
      />
      <TextField
        label={noteWords.bidDue}
        type="date"
        value={typedDay ?? opportunity.bid_due_on ?? ''}
        error={errors.bid_due_on}
        onChange={typeDay}
      />
      {save.isError && (
        <p role="alert" className={styles.error}>
          {sentenceOf(save.error)}
        </p>
      )}
      {(typedNotes !== null || typedDay !== null) && (
        <div>
          <Button isPending={save.isPending} onPress={saveTyped}>
            {noteWords.save}
          </Button>
        </div>
      )}
    </>
  )
}
