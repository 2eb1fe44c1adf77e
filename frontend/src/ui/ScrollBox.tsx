import type { ReactNode } from 'react'
import styles from './ScrollBox.module.css'

type ScrollBoxProps = { children: ReactNode } & ({ label: string } | { labelledBy: string })

/** Scroll what is wider than the window, by keyboard too. */
export function ScrollBox({ children, ...named }: ScrollBoxProps) {
  return (
    <div
      className={styles.scroll}
      role="group"
      aria-label={'label' in named ? named.label : undefined}
      aria-labelledby={'labelledBy' in named ? named.labelledBy : undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
      tabIndex={0}
    >
      {children}
    </div>
  )
}
