import styles from '../fields.module.css'
import { formWords } from '../strings'

/** Link the web addresses in a comment. */
export function EvidenceLinks({ text }: { text: string }) {
  const links = linksIn(text)
  if (links.length === 0) return null
  return (
    <ul className={styles.links} aria-label={formWords.links}>
      {links.map((link) => (
        <li key={link}>
          <a href={link} target="_blank" rel="noreferrer">
            {link} <span className="visually-hidden">{formWords.newWindow}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

const WEB_ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** Find the web addresses in a comment. */
function linksIn(text: string): string[] {
  return [...new Set(text.match(WEB_ADDRESS) ?? [])]
}
