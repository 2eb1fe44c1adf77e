import { useOnline } from '@/lib/use-online'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { releaseWords as words } from './strings'

/** In place of a part that did not come. */
export interface NotLoadedProps {
  retry: () => void
}

export function NotLoadedPage({ retry }: NotLoadedProps) {
  return <ErrorState isPage {...useNotLoadedReason(retry)} />
}

export function NotLoadedPart({ retry }: NotLoadedProps) {
  return <ErrorState {...useNotLoadedReason(retry)} />
}

export function NotLoadedDialog({ retry, onClose }: NotLoadedProps & { onClose: () => void }) {
  const { title, detail, retry: way } = useNotLoadedReason(retry)
  return (
    <Dialog
      title={title}
      onClose={onClose}
      size="small"
      buttons={
        <Button kind="primary" onPress={way.onPress}>
          {way.label}
        </Button>
      }
    >
      <p>{detail}</p>
    </Dialog>
  )
}

/** Explain why a part did not load; offline there is nothing to reload from. */
function useNotLoadedReason(retry: () => void) {
  if (!useOnline()) {
    const way = { label: common.tryAgain, onPress: retry }
    return { title: common.partFailed, detail: words.offline, retry: way }
  }
  const way = { label: words.reload, onPress: () => location.reload() }
  return { title: words.title, detail: words.why, retry: way }
}
