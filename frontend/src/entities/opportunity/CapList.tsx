import styles from './CapList.module.css'

/** What holds the recommendation down, in words. */
export function CapList({ caps }: { caps: string[] }) {
  return (
    <ul className={styles.caps}>
      {caps.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
