/** The one home of parts that are loaded when needed: after a deployment theirs may be gone from the server. */
import { Component, type ComponentType, lazy, type ReactNode, Suspense, useLayoutEffect, useState } from 'react'
import { useOnline } from '@/lib/use-online'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { releaseWords as words } from './strings'

type Load<P> = () => Promise<{ default: ComponentType<P> }>

export function lazyPage(load: Load<object>) {
  return lazily(load, <Skeleton lines={8} />, (failed) => <NotLoadedPart isPage {...failed} />)
}

export function lazyPart<P extends object>(load: Load<P>, waiting: ReactNode = null) {
  return lazily(load, waiting, NotLoadedPart)
}

export function lazyDialog<P extends { onClose: () => void }>(load: Load<P>) {
  return lazily(load, <KeyBlocker />, NotLoadedDialog)
}

class NotLoaded extends Error {}

/** Load a part when it is shown, or earlier by `preload`, whose failure is ignored. */
function lazily<P extends object>(load: Load<P>, waiting: ReactNode, Failed: ComponentType<P & NotLoadedProps>) {
  let early: ComponentType<P> | undefined

  async function ask() {
    const part = await load().catch((cause: unknown) => {
      throw new NotLoaded('A part could not be loaded.', { cause })
    })
    early = part.default
    return part
  }

  function Lazy(props: P) {
    const [tries, setTries] = useState(0)
    // A new one each time: React remembers what did not come.
    const [Part, setPart] = useState(() => early ?? lazy(ask))
    const retry = () => {
      setPart(() => lazy(ask))
      setTries(tries + 1)
    }
    return (
      <Boundary key={tries} instead={<Failed {...props} retry={retry} />}>
        <Suspense fallback={waiting}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    )
  }

  return Object.assign(Lazy, { preload: () => void ask().catch(() => {}) })
}

interface BoundaryProps {
  instead: ReactNode
  children: ReactNode
}

/** Catch parts that did not load; other errors go on to the page. */
class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    if (error instanceof NotLoaded) return this.props.instead
    throw error
  }
}

/** Block keys until the dialog that was asked for is there. */
function KeyBlocker() {
  useLayoutEffect(() => {
    const hold = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', hold, true)
    return () => window.removeEventListener('keydown', hold, true)
  }, [])
  return null
}

/** In place of a part that did not come. */
interface NotLoadedProps {
  retry: () => void
}

function NotLoadedPart({ retry, isPage }: NotLoadedProps & { isPage?: boolean }) {
  return <ErrorState isPage={isPage} {...useNotLoadedReason(retry)} />
}

function NotLoadedDialog({ retry, onClose }: NotLoadedProps & { onClose: () => void }) {
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
