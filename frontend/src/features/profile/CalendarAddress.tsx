import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { calendarQuery } from '@/api/queries'
import { PartFailed } from '@/entities/PartFailed'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import styles from './Profile.module.css'
import { words } from './strings'

/** Show the secret address by which a calendar program follows one's dates. */
export function CalendarAddress() {
  const cache = useQueryClient()
  const { data, error, refetch } = useQuery(calendarQuery)
  const renewal = useApiMutation(() => unwrap(api.POST('/api/me/calendar')), {
    onSuccess: (renewed) => {
      cache.setQueryData(calendarQuery.queryKey, renewed)
      toast({ text: words.renewed, kind: 'done' })
    },
  })
  if (error && !data) return <PartFailed error={error} retry={refetch} />
  if (!data) return <Skeleton lines={2} label={common.loading} />
  const copy = () => void navigator.clipboard.writeText(data.address).then(() => toast({ text: words.copied, kind: 'done' }))
  return (
    <>
      <TextField label={words.address} value={data.address} onChange={() => {}} isReadOnly description={words.addressHelp} />
      <div className={styles.buttons}>
        <Button onPress={copy}>{words.copy}</Button>
        <Button kind="quiet" isPending={renewal.isPending} onPress={() => renewal.mutate()}>
          {words.renew}
        </Button>
      </div>
    </>
  )
}
