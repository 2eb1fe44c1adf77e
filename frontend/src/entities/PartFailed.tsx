import { sentenceOf } from '@/api/problem'
import { common } from '@/strings/common'
import { ErrorState } from '@/ui/ErrorState'

interface PartFailedProps {
  error: Error
  retry: () => unknown
  /** It stands for the whole page. */
  isPage?: boolean
}

/** Stand for a part that could not be loaded, and offer to load it again. */
export function PartFailed({ error, retry, isPage }: PartFailedProps) {
  const again = { label: common.tryAgain, onPress: () => void retry() }
  const title = isPage ? common.pageFailed : common.partFailed
  return <ErrorState isPage={isPage} title={title} detail={sentenceOf(error)} retry={again} />
}
