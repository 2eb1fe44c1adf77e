import { Button } from '@/ui/Button'
import { formWords, sectionWords } from '../strings'
import type { Content } from '../types'
import type { Missing } from './missing'
import styles from './Sections.module.css'
import { KNOCKOUTS, SUMMARY } from './steps'

interface SectionListProps {
  content: Content
  missing: Missing[]
  /** The section that is open, or has the focus. */
  current: string
  onSection: (section: string) => void
  onField: (missing: Missing) => void
}

/** List the sections with what each lacks; every entry leads to its field. */
export function SectionList({ content, missing, current, onSection, onField }: SectionListProps) {
  const sections = [
    { code: KNOCKOUTS, name: formWords.knockouts },
    ...content.groups.map((group) => ({ code: group.code, name: formWords.group(group) })),
    { code: SUMMARY, name: formWords.summary },
  ]
  return (
    <nav aria-label={sectionWords.title} className={styles.sections}>
      <h2>{sectionWords.missing(missing.length)}</h2>
      <ul>
        {sections.map(({ code, name }) => {
          const lacking = missing.filter(({ section }) => section === code)
          return (
            <li key={code}>
              <Button kind="quiet" className={styles.section} aria-current={code === current} onPress={() => onSection(code)}>
                <span>{name}</span>
                <span className={styles.count}>{sectionWords.count(lacking.length)}</span>
              </Button>
              {code === current && <Lacking missing={lacking} onField={onField} />}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Lacking({ missing, onField }: Pick<SectionListProps, 'missing' | 'onField'>) {
  if (missing.length === 0) return null
  return (
    <ul className={styles.lacking}>
      {missing.map((each) => (
        <li key={each.field + each.label}>
          <Button kind="quiet" onPress={() => onField(each)}>
            {each.label}
          </Button>
        </li>
      ))}
    </ul>
  )
}
