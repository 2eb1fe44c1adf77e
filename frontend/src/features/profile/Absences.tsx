import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { fieldErrors } from '@/api/problem'
import { absencesQuery } from '@/api/queries'
import type { Absence } from '@/api/schema'
import type { Me } from '@/api/types'
import { ErrorNote } from '@/entities/ErrorNote'
import { Loaded } from '@/entities/Loaded'
import { PersonPicker } from '@/entities/person/PersonPicker'
import type { Role } from '@/entities/person/people'
import { offerUndo } from '@/entities/undo'
import { formatDate } from '@/lib/format'
import { Button } from '@/ui/Button'
import { focusBeside } from '@/ui/focus'
import { TextField } from '@/ui/TextField'
import styles from './Profile.module.css'
import { words } from './strings'

const EMPTY = { starts: '', ends: '', deputy: '' }
const WORKING: readonly Role[] = ['SA', 'SA lead', 'Bid manager']

const post = (body: typeof EMPTY) => unwrap(api.POST('/api/me/absences', { body }))

/** Say when one is away and who has the work meanwhile; and for whom one stands in. */
export function Absences({ me }: { me: Me }) {
  const add = useApiMutation(post, { staleQuery: absencesQuery })
  const removal = useApiMutation(
    ({ id }: Absence) => unwrap(api.DELETE('/api/me/absences/{id}', { params: { path: { id } } })),
    {
      staleQuery: absencesQuery,
      onSuccess: (_gone, { starts, ends, deputy }) =>
        offerUndo(words.removed, () => add.mutate({ starts, ends, deputy: deputy.id })),
    },
  )
  return (
    <Loaded query={useQuery(absencesQuery)} lines={2}>
      {(absences) => (
        <>
          <ul className={styles.links}>
            {absences.map((absence) => (
              <Line key={absence.id} absence={absence} isOwn={absence.person.id === me.id} remove={() => removal.mutate(absence)} />
            ))}
          </ul>
          <Form me={me} />
        </>
      )}
    </Loaded>
  )
}

function Line({ absence, isOwn, remove }: { absence: Absence; isOwn: boolean; remove: () => void }) {
  const [from, to] = [formatDate(absence.starts), formatDate(absence.ends)]
  return (
    <li className={styles.buttons}>
      {isOwn ? words.away(from, to, absence.deputy.name) : words.covers(from, to, absence.person.name)}
      {isOwn && (
        <Button
          kind="quiet"
          onPress={({ target }) => {
            focusBeside(target, 'section')
            remove()
          }}
          aria-label={`${words.remove}: ${from}`}
        >
          {words.remove}
        </Button>
      )}
    </li>
  )
}

function Form({ me }: { me: Me }) {
  const [absence, setAbsence] = useState(EMPTY)
  const addition = useApiMutation(() => post(absence), {
    staleQuery: absencesQuery,
    isErrorInPlace: true,
    onSuccess: () => setAbsence(EMPTY),
  })
  const errors = fieldErrors(addition.error)
  const set = (name: keyof typeof EMPTY) => (value: string) => setAbsence({ ...absence, [name]: value })
  return (
    <>
      <TextField label={words.starts} type="date" value={absence.starts} onChange={set('starts')} error={errors.starts} />
      <TextField label={words.ends} type="date" value={absence.ends} onChange={set('ends')} error={errors.ends} />
      <PersonPicker
        label={words.deputy}
        value={absence.deputy}
        onChange={set('deputy')}
        ofRole={WORKING.find((role) => me.roles.includes(role))}
        except={me.id}
        error={errors.deputy}
      />
      <ErrorNote error={addition.error} />
      <div className={styles.buttons}>
        <Button
          isDisabled={!absence.starts || !absence.ends || !absence.deputy}
          isPending={addition.isPending}
          onPress={() => addition.mutate()}
        >
          {words.addAbsence}
        </Button>
      </div>
    </>
  )
}
