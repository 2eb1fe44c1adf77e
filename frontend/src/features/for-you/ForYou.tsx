import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { forYouQuery } from '@/api/queries'
import type { ForYouSection, Me, Person } from '@/api/types'
import { Loaded } from '@/entities/Loaded'
import { usePreference, useShortcutsPreference } from '@/entities/preferences/preferences'
import { useShortcuts } from '@/lib/shortcuts'
import { IconButton } from '@/ui/IconButton'
import { EmptyState } from '@/ui/EmptyState'
import { PageTitle } from '@/ui/PageTitle'
import styles from './ForYou.module.css'
import { Section } from './Section'
import { ROLE_STEPS, words } from './strings'

/** List what waits for the person, most urgent first; each list is the inbox narrowed to it. */
export function ForYou({ me }: { me: Me }) {
  const [areKeysOn] = useShortcutsPreference()
  const list = useRef<HTMLDivElement>(null)
  const move = (by: number) => moveFocus(list.current, by)
  useShortcuts({ j: () => move(1), k: () => move(-1) }, areKeysOn)
  return (
    <>
      <PageTitle title={words.title}>
        {areKeysOn && <span className={styles.keys}>{words.keys}</span>}
      </PageTitle>
      <Loaded query={useQuery(forYouQuery)} lines={12}>
        {({ is_system_empty: isEmpty, administrators, sections }) => {
          if (isEmpty) return <EmptySystem me={me} administrators={administrators} />
          return (
            <div className={styles.columns}>
              <div ref={list} className={styles.sections}>
                <Filled sections={sections.filter(({ count }) => count > 0)} />
              </div>
              <div className={styles.sections}>
                <Quiet sections={sections.filter(({ count }) => count === 0)} />
                <FirstSteps roles={me.roles} />
              </div>
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function Filled({ sections }: { sections: ForYouSection[] }) {
  if (sections.length > 0) return sections.map((section) => <Section key={section.name} section={section} />)
  return (
    <EmptyState title={words.done} buttons={<Link to="/inbox">{words.toInbox}</Link>}>
      {words.doneWhy}
    </EmptyState>
  )
}

/** Say of the empty sections what that means, in few lines. */
function Quiet({ sections }: { sections: ForYouSection[] }) {
  if (sections.length === 0) return null
  return (
    <section className={styles.quiet} aria-label={words.quiet}>
      <h2>{words.quiet}</h2>
      <dl>
        {sections.map(({ name, label, hint }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{hint}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Move the focus to the next deal's link, or to the first. */
function moveFocus(list: HTMLElement | null, by: number): void {
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-deal]') ?? [])]
  const place = links.findIndex((link) => link === document.activeElement)
  const next = place < 0 ? 0 : Math.min(links.length - 1, Math.max(0, place + by))
  links[next]?.focus()
}

const { empty } = words

/** Lead who may to the first sync; tell the others whom to ask. */
function EmptySystem({ me, administrators }: { me: Me; administrators: Person[] }) {
  if (!me.rights.start_sync) {
    const names = administrators.map(({ name }) => name).join(', ')
    return <EmptyState title={empty.title}>{names ? empty.others(names) : empty.nobody}</EmptyState>
  }
  return (
    <EmptyState title={empty.title} buttons={<Link to="/syncs">{empty.toSyncs}</Link>}>
      <p>{empty.operator}</p>
      {me.rights.use_admin && (
        <p>
          {empty.check} <code>{empty.command}</code>
        </p>
      )}
    </EmptyState>
  )
}

/** Say what the person's roles do, until they hide it. */
function FirstSteps({ roles }: { roles: Me['roles'] }) {
  const [isHidden, setHidden] = usePreference('hidesFirstSteps', false)
  if (isHidden || roles.length === 0) return null
  return (
    <aside className={styles.section} aria-label={words.steps.title}>
      <header className={styles.head}>
        <h2>{words.steps.title}</h2>
        <IconButton icon={X} label={words.steps.dismiss} onPress={() => setHidden(true)} />
      </header>
      <ul className={styles.steps}>
        {roles.map((role) => (
          <li key={role}>{ROLE_STEPS[role]}</li>
        ))}
      </ul>
    </aside>
  )
}
