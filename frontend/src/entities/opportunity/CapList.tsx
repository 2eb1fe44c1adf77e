import styles from './CapList.module.css'

/** List the limits on the recommendation. */
export function CapList({ caps }: { caps: string[] }) {
  return (
    <ul className={styles.caps}>
      {caps.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
