import { X } from 'lucide-react'
import type { Me } from '@/api/types'
import { usePreference } from '@/entities/preferences/preferences'
import { Button } from '@/ui/Button'
import styles from './ForYou.module.css'
import { ROLE_STEPS, words } from './strings'

/** Say what the person's roles do, until they hide it. */
export function FirstSteps({ roles }: { roles: Me['roles'] }) {
  const [isHidden, setHidden] = usePreference('hidesFirstSteps', false)
  if (isHidden || roles.length === 0) return null
  return (
    <aside className={styles.section} aria-label={words.steps.title}>
      <header className={styles.head}>
        <h2>{words.steps.title}</h2>
        <Button kind="quiet" isIconOnly aria-label={words.steps.dismiss} onPress={() => setHidden(true)}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      <ul className={styles.steps}>
        {roles.map((role) => (
          <li key={role}>{ROLE_STEPS[role]}</li>
        ))}
      </ul>
    </aside>
  )
}
