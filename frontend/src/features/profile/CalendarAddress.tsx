import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { calendarQuery } from '@/api/queries'
import { Loaded } from '@/entities/Loaded'
import { Button } from '@/ui/Button'
import { copy } from '@/ui/copy'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import styles from './Profile.module.css'
import { words } from './strings'

/** Show the secret address by which a calendar program follows one's dates. */
export function CalendarAddress() {
  const [isAsking, ask] = useState(false)
  return (
    <Loaded query={useQuery(calendarQuery)} lines={2}>
      {({ address }) => (
        <>
          <TextField label={words.address} value={address} onChange={() => {}} isReadOnly description={words.addressHelp} />
          <div className={styles.buttons}>
            <Button onPress={() => void copy(address, words.copied, words.notCopied)}>{words.copy}</Button>
            <Button kind="quiet" onPress={() => ask(true)}>
              {words.renew}
            </Button>
          </div>
          {isAsking && <RenewDialog onClose={() => ask(false)} />}
        </>
      )}
    </Loaded>
  )
}

/** Ask first: every calendar that uses the former address has to be given the new one. */
function RenewDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient()
  const renewal = useApiMutation(() => unwrap(api.POST('/api/me/calendar')), {
    onSuccess: (renewed) => {
      cache.setQueryData(calendarQuery.queryKey, renewed)
      toast({ text: words.renewed, kind: 'done' })
      onClose()
    },
  })
  const action = { isPending: renewal.isPending, onPress: () => renewal.mutate(), children: words.renew }
  return (
    <Dialog title={words.renew} onClose={onClose} size="small" action={action}>
      <p>{words.renewAsk}</p>
    </Dialog>
  )
}
