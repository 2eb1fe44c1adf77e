import { formatMoneyShort } from '@/lib/format'
import { FigureLink } from './FigureLink'
import { words } from '../strings'
import type { Amount } from '@/api/types'
import styles from './Widget.module.css'

const SHOWN = 2

interface AmountsProps {
  amounts: Amount[]
  label: string
  shown?: number
  /** Side by side; else one below the other, as numbers of a table. */
  isInLine?: boolean
}

/** Show amounts per currency; two currencies are never added up. */
export function Amounts({ amounts, label, shown = SHOWN, isInLine = false }: AmountsProps) {
  const [first, rest] = [amounts.slice(0, shown), amounts.slice(shown)]
  if (amounts.length === 0) return words.none
  return (
    <span className={styles.amounts} data-in-line={isInLine || undefined}>
      <AmountLinks amounts={first} label={label} />
      {rest.length > 0 && (
        <details>
          <summary>{words.moreCurrencies(rest.length)}</summary>
          <span className={styles.amounts} data-in-line={isInLine || undefined}>
            <AmountLinks amounts={rest} label={label} />
          </span>
        </details>
      )}
    </span>
  )
}

function AmountLinks({ amounts, label }: { amounts: Amount[]; label: string }) {
  return amounts.map((amount) => {
    const money = formatMoneyShort(amount.value, amount.currency)
    return (
      <FigureLink key={amount.currency} figure={{ ...amount, label }} label={`${label}, ${money}`}>
        {money}
      </FigureLink>
    )
  })
}
