import { CircleQuestionMark } from 'lucide-react'
import { IconButton } from '@/ui/IconButton'
import { Popover } from '@/ui/Popover'
import { helpLabel, type TradeWord, tradeWords } from './words'
import styles from './WordHelp.module.css'

/** Explain a word of the trade beside it. */
export function WordHelp({ word }: { word: TradeWord }) {
  const label = helpLabel(word)
  return (
    <Popover
      label={label}
      trigger={<IconButton icon={CircleQuestionMark} size={14} label={label} className={styles.door} />}
    >
      <p className={styles.sentence}>{tradeWords[word]}</p>
    </Popover>
  )
}
