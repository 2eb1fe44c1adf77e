import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { fieldErrors } from '@/api/problem'
import { absencesQuery } from '@/api/queries'
import type { Me } from '@/api/types'
import { ErrorNote } from '@/entities/ErrorNote'
import { PartFailed } from '@/entities/PartFailed'
import { PersonPicker } from '@/entities/person/PersonPicker'
import type { Role } from '@/entities/person/people'
import { formatDate } from '@/lib/format'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import styles from './Profile.module.css'
import { words } from './strings'

const EMPTY = { starts: '', ends: '', deputy: '' }
const WORKING: readonly Role[] = ['SA', 'SA lead', 'Bid manager']

/** Say when one is away and who has the work meanwhile; and for whom one stands in. */
export function Absences({ me }: { me: Me }) {
  const { data, error, refetch } = useQuery(absencesQuery)
  const removal = useApiMutation(
    (id: string) => unwrap(api.DELETE('/api/me/absences/{id}', { params: { path: { id } } })),
    { stale: ['mine'] },
  )
  if (error && !data) return <PartFailed error={error} retry={refetch} />
  if (!data) return <Skeleton lines={2} label={common.loading} />
  return (
    <>
      <ul className={styles.links}>
        {data.map(({ id, person, deputy, starts, ends }) => (
          <li key={id} className={styles.buttons}>
            {person.id === me.id
              ? words.away(formatDate(starts), formatDate(ends), deputy.name)
              : words.covers(formatDate(starts), formatDate(ends), person.name)}
            {person.id === me.id && (
              <Button kind="quiet" onPress={() => removal.mutate(id)} aria-label={`${words.remove}: ${formatDate(starts)}`}>
                {words.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Form me={me} />
    </>
  )
}

function Form({ me }: { me: Me }) {
  const [absence, setAbsence] = useState(EMPTY)
  const addition = useApiMutation(() => unwrap(api.POST('/api/me/absences', { body: absence })), {
    stale: ['mine'],
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
