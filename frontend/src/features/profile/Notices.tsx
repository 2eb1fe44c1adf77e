import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { switchesQuery } from '@/api/queries'
import type { components } from '@/api/schema'
import { PartFailed } from '@/entities/PartFailed'
import { useFormatPreferences } from '@/entities/preferences/preferences'
import { ownTimeZone } from '@/lib/format'
import { common } from '@/strings/common'
import { Checkbox } from '@/ui/Checkbox'
import { Dash } from '@/ui/Dash'
import { ScrollBox } from '@/ui/ScrollBox'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import styles from './Profile.module.css'
import { words } from './strings'

type Switches = components['schemas']['MySwitches']
type Channel = keyof typeof words.channels

const CHANNELS = Object.keys(words.channels) as Channel[]

/** Choose of what one is told, by which channel, and when the mail of the day comes. */
export function Notices() {
  const cache = useQueryClient()
  const { data, error, refetch } = useQuery(switchesQuery)
  const { timeZone } = useFormatPreferences()
  const { mutate } = useApiMutation(
    (body: components['schemas']['Switches']) => unwrap(api.PUT('/api/me/notifications', { body })),
    { staleQuery: switchesQuery, scope: { id: 'switches' } },
  )
  if (error && !data) return <PartFailed error={error} retry={refetch} />
  if (!data) return <Skeleton lines={6} label={common.loading} />
  const zone = timeZone || ownTimeZone()
  const keep = (changed: Partial<Switches>) => {
    const { events, ...kept } = data
    const next = { ...kept, zone, ...changed }
    cache.setQueryData(switchesQuery.queryKey, { ...next, events })
    mutate(next)
  }
  return (
    <>
      <ScrollBox label={words.notices}>
        <Matrix switches={data} keep={keep} />
      </ScrollBox>
      <TextField
        label={words.digestAt}
        type="time"
        value={data.digest_at.slice(0, 5)}
        onChange={(at) => at && keep({ digest_at: at })}
        description={words.inZone(zone)}
      />
    </>
  )
}

function Matrix({ switches, keep }: { switches: Switches; keep: (changed: Partial<Switches>) => void }) {
  const { events, muted, channels_off: off } = switches
  function mute(event: string, channel: Channel, isOn: boolean) {
    const others = (muted[channel] ?? []).filter((name) => name !== event)
    keep({ muted: { ...muted, [channel]: isOn ? others : [...others, event] } })
  }
  function switchOff(channel: Channel, isOn: boolean) {
    const others = off.filter((each) => each !== channel)
    keep({ channels_off: isOn ? others : [...others, channel] })
  }
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">{words.event}</th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              <Checkbox isSelected={!off.includes(channel)} onChange={(isOn) => switchOff(channel, isOn)}>
                {words.channels[channel]}
              </Checkbox>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map(({ name, title, channels }) => (
          <tr key={name}>
            <th scope="row">{title}</th>
            {CHANNELS.map((channel) => (
              <td key={channel}>
                {channels.includes(channel) && !off.includes(channel) ? (
                  <Checkbox
                    aria-label={`${title}: ${words.channels[channel]}`}
                    isSelected={!muted[channel]?.includes(name)}
                    onChange={(isOn) => mute(name, channel, isOn)}
                  />
                ) : (
                  <Dash />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
