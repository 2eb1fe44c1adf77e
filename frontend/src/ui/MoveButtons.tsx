import { ArrowDown, ArrowUp } from 'lucide-react'
import { IconButton } from './IconButton'

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
      <IconButton icon={ArrowUp} size={14} label={`Move ${name} up`} isDisabled={isFirst} onPress={() => onMove(-1)} />
      <IconButton icon={ArrowDown} size={14} label={`Move ${name} down`} isDisabled={isLast} onPress={() => onMove(1)} />
    </>
  )
}
