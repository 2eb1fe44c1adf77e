import { sentenceOf } from '@/api/problem'
import { common } from '@/strings/common'
import { ErrorState } from '@/ui/ErrorState'

interface PartFailedProps {
  error: Error
  retry: () => unknown
}

/** Stand for a part that could not be loaded, and offer to load it again. */
export function PartFailed({ error, retry }: PartFailedProps) {
  const again = { label: common.tryAgain, onPress: () => void retry() }
  return <ErrorState title={common.partFailed} detail={sentenceOf(error)} retry={again} />
}
