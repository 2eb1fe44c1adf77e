import { useFormatPreferences } from '@/entities/preferences/preferences'
import { exampleOf, FORMATS, formatDateTime, ownTimeZone, setFormats, timeZones } from '@/lib/format'
import { LOCALE } from '@/lib/locale'
import { useNow } from '@/lib/use-now'
import { Select } from '@/ui/Select'
import styles from './Profile.module.css'
import { words } from './strings'

const MINUTE_MS = 60_000

/** Choose how dates and numbers are written, and in which time zone; the present moment shows the choice. */
export function Formats() {
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
