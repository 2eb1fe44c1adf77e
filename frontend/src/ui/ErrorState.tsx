import type { ReactNode } from 'react'
import { Button } from './Button'
import styles from './states.module.css'

interface ErrorStateProps {
  title: string
  detail: string
  retry?: { label: string; onPress: () => void }
  children?: ReactNode
  /** It stands for the whole page, whose title it is. */
  isPage?: boolean
}

/** Replace a part that failed; the rest of the page goes on. */
export function ErrorState({ title, detail, retry, children, isPage = false }: ErrorStateProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={styles.state} role="alert">
      <Heading>{title}</Heading>
      <p className={styles.detail}>{detail}</p>
      <div className={styles.buttons}>
        {retry && <Button onPress={retry.onPress}>{retry.label}</Button>}
        {children}
      </div>
    </div>
  )
}
