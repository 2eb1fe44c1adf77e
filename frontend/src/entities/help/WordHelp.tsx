import { CircleQuestionMark } from 'lucide-react'
import { Button } from '@/ui/Button'
import { Popover } from '@/ui/Popover'
import { helpLabel, type TradeWord, tradeWords } from './words'
import styles from './WordHelp.module.css'

/** Explain a word of the trade beside it. */
export function WordHelp({ word }: { word: TradeWord }) {
  const label = helpLabel(word)
  return (
    <Popover
      label={label}
      trigger={
        <Button kind="quiet" isIconOnly aria-label={label} className={styles.door}>
          <CircleQuestionMark size={14} aria-hidden />
        </Button>
      }
    >
      <p className={styles.sentence}>{tradeWords[word]}</p>
    </Popover>
  )
}
