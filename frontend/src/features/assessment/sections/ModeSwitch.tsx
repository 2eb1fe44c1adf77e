import { useId } from 'react'
import { sectionWords } from '../strings'
import styles from './Sections.module.css'
import { type Mode, MODES } from './steps'

/** Choose how much is shown at once. */
export function ModeSwitch({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const name = useId()
  return (
    <div className={styles.modes}>
      <div role="radiogroup" aria-label={sectionWords.mode} className={styles.modes}>
        {MODES.map((each) => (
          <label key={each}>
            <input type="radio" name={name} checked={each === mode} onChange={() => onChange(each)} /> {sectionWords.modes[each]}
          </label>
        ))}
      </div>
      <p className={styles.keys}>{sectionWords.keys}</p>
    </div>
  )
}
