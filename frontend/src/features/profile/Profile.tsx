import type { ReactNode } from 'react'
import type { Me } from '@/api/types'
import { useFormatPreferences, usePreference, useShortcutsPreference, useStartPage } from '@/entities/preferences/preferences'
import { exampleOf, formatDateTime, FORMATS, ownTimeZone, setFormats, timeZones } from '@/lib/format'
import { LOCALE } from '@/lib/locale'
import { PREFIX } from '@/lib/prefix'
import { useNow } from '@/lib/use-now'
import { common } from '@/strings/common'
import { Checkbox } from '@/ui/Checkbox'
import { PageTitle } from '@/ui/PageTitle'
import { Select } from '@/ui/Select'
import { Absences } from './Absences'
import { CalendarAddress } from './CalendarAddress'
import { Notices } from './Notices'
import styles from './Profile.module.css'
import { words } from './strings'

const START_PAGES = [
  { value: '/', label: common.forYou },
  { value: '/inbox', label: common.inbox },
  { value: '/dashboard', label: common.dashboard },
]

/** Show who the person is here, and how they like the pages; every choice is saved at once. */
export function Profile({ me }: { me: Me }) {
  const [start, setStart] = useStartPage()
  return (
    <>
      <PageTitle title={words.title} />
      <div className={styles.parts}>
        <You me={me} />
        <Part title={words.pages}>
          <Select label={words.start} value={start} onChange={setStart} options={START_PAGES} />
          <Formats />
        </Part>
        <Part title={words.notices}>
          {me.email === '' && <p className={styles.muted}>{words.noAddress}</p>}
          <Notices />
        </Part>
        <Part title={words.absence}>
          <Absences me={me} />
        </Part>
        <Part title={words.calendar}>
          <CalendarAddress />
        </Part>
        <Switches />
        <Part title={words.security}>
          <ul className={styles.links}>
            {Object.entries(words.links).map(([address, label]) => (
              <li key={address}>
                <a href={PREFIX + address}>{label}</a>
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </>
  )
}

function You({ me }: { me: Me }) {
  const facts = {
    [words.name]: me.name,
    [words.email]: me.email,
    [words.roles]: me.roles.join(', '),
    [words.practices]: me.practices.join(', '),
    [words.crmName]: me.crm_owner_name,
  }
  return (
    <Part title={words.you}>
      <dl className={styles.facts}>
        {Object.entries(facts).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || words.none}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.muted}>{words.changedBy}</p>
    </Part>
  )
}

function Switches() {
  const [areKeysOn, setKeys] = useShortcutsPreference()
  const [isHidden, setHidden] = usePreference('hidesFirstSteps', false)
  return (
    <Part title={words.switches}>
      <Checkbox isSelected={areKeysOn} onChange={setKeys}>
        {words.shortcuts}
      </Checkbox>
      <Checkbox isSelected={!isHidden} onChange={(isShown) => setHidden(!isShown)}>
        {words.steps}
      </Checkbox>
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

const MINUTE_MS = 60_000

/** Choose how dates and numbers are written, and in which time zone; the present moment shows the choice. */
function Formats() {
  const { format, setFormat, timeZone, setTimeZone } = useFormatPreferences()
  const time = useNow(MINUTE_MS)
  setFormats(format, timeZone)
  return (
    <>
      <Select
        label={words.format}
        value={format || LOCALE}
        onChange={setFormat}
        options={FORMATS.map((each) => ({ value: each, label: exampleOf(each) }))}
      />
      <Select
        label={words.timeZone}
        value={timeZone}
        onChange={setTimeZone}
        placeholder={words.sameAsComputer(ownTimeZone())}
        options={timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <p className={styles.muted}>{words.now(formatDateTime(new Date(time).toISOString()))}</p>
    </>
  )
}
