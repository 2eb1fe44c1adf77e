import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import { switchesQuery } from '@/api/queries'
import type { MySwitches, Switches } from '@/api/schema'
import { Loaded } from '@/entities/Loaded'
import { useFormatPreferences } from '@/entities/preferences/preferences'
import { ownTimeZone } from '@/lib/format'
import { Checkbox } from '@/ui/Checkbox'
import { Dash } from '@/ui/Dash'
import { ScrollBox } from '@/ui/ScrollBox'
import { TextField } from '@/ui/TextField'
import styles from './Profile.module.css'
import { words } from './strings'

type Channel = keyof typeof words.channels

const SCOPE = { id: 'switches' }
const CHANNELS = Object.keys(words.channels) as Channel[]

/** Choose of what one is told, by which channel, and when the mail of the day comes. */
export function Notices() {
  const keep = useKeptSwitches()
  return (
    <Loaded query={useQuery(switchesQuery)} lines={6}>
      {(switches) => (
        <>
          <ScrollBox label={words.notices}>
            <Matrix switches={switches} keep={keep} />
          </ScrollBox>
          <TextField
            label={words.digestAt}
            type="time"
            value={switches.digest_at}
            onChange={(at) => at && keep(() => ({ digest_at: at }))}
            description={switches.zone ? words.inZone(switches.zone) : words.inSiteZone}
          />
        </>
      )}
    </Loaded>
  )
}

type Change = (now: MySwitches) => Partial<MySwitches>

/** Show a change at once, and send it with those before it: the server keeps one object, and the last one wins. */
function useKeptSwitches(): (change: Change) => void {
  const cache = useQueryClient()
  const { timeZone } = useFormatPreferences()
  const isLast = () => cache.isMutating({ predicate: ({ options }) => options.scope?.id === SCOPE.id }) === 1
  const { mutate } = useApiMutation(
    (body: Switches) => unwrap(api.PUT('/api/me/notifications', { body })),
    {
      scope: SCOPE,
      onSuccess: (kept) => isLast() && cache.setQueryData(switchesQuery.queryKey, kept),
      onError: () => isLast() && cache.invalidateQueries(switchesQuery),
    },
  )
  return (change) => {
    const now = cache.getQueryData(switchesQuery.queryKey)
    if (!now) return
    const { events, ...next } = { ...now, zone: timeZone || ownTimeZone(), ...change(now) }
    cache.setQueryData(switchesQuery.queryKey, { ...next, events })
    mutate(next)
  }
}

function Matrix({ switches, keep }: { switches: MySwitches; keep: (change: Change) => void }) {
  const { events, muted, channels_off: off } = switches
  const mute = (event: string, channel: Channel, isOn: boolean) =>
    keep(({ muted: now }) => ({ muted: { ...now, [channel]: switched(now[channel], event, isOn) } }))
  const switchOff = (channel: Channel, isOn: boolean) =>
    keep(({ channels_off: now }) => ({ channels_off: switched(now, channel, isOn) }))
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

/** Return what is off, without this or with it at the end. */
function switched<Name extends string>(off: Name[] = [], name: Name, isOn: boolean): Name[] {
  const others = off.filter((each) => each !== name)
  return isOn ? others : [...others, name]
}
