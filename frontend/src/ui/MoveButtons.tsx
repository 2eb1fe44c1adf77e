import { ArrowDown, ArrowUp } from 'lucide-react'
import { Button } from './Button'

interface MoveButtonsProps {
  /** Of what is moved. */
  name: string
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
}

/** Move an entry of a list, so that nobody has to drag. */
export function MoveButtons({ name, isFirst, isLast, onMove }: MoveButtonsProps) {
  return (
    <>
      <Button kind="quiet" isIconOnly aria-label={`Move ${name} up`} isDisabled={isFirst} onPress={() => onMove(-1)}>
        <ArrowUp size={14} aria-hidden />
      </Button>
      <Button kind="quiet" isIconOnly aria-label={`Move ${name} down`} isDisabled={isLast} onPress={() => onMove(1)}>
        <ArrowDown size={14} aria-hidden />
      </Button>
    </>
  )
}
