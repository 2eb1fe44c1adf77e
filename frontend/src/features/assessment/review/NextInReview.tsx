import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useNextInList } from '@/entities/opportunity/use-next-in-list'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { useCommands } from '@/lib/commands'
import { useShortcuts } from '@/lib/shortcuts'
import { reviewWords } from '../strings'

interface NextLinkProps {
  id: string
  /** This one is decided or returned: the focus goes on to the next. */
  isDone: boolean
  className: string | undefined
}

interface NextInReviewProps extends NextLinkProps {
  /** Lead only to what this person may decide. */
  isDecider: boolean
}

/** Lead to the opportunity in review that is due next. */
export function NextInReview({ id, isDone, isDecider, className }: NextInReviewProps) {
  const { next, isLoaded } = useNextInList(id, isDecider ? { for_you: 'decide' } : { tab: 'in_review' })
  const navigate = useNavigate()
  const [hasShortcuts] = useShortcutsPreference()
  const nextId = next?.id
  const go = () => nextId && void navigate({ to: '/opportunities/$id/review', params: { id: nextId } })
  useShortcuts({ n: go }, hasShortcuts)
  useCommands(next ? [{ id: 'next-in-review', label: reviewWords.next(next.name), keys: 'n', run: go }] : [])
  if (!next) return isDone && isLoaded ? <p>{reviewWords.noNext}</p> : null
  return <NextLink id={next.id} name={next.name} isDone={isDone} className={className} />
}

function NextLink({ id, name, isDone, className }: NextLinkProps & { name: string }) {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isDone) link.current?.focus()
  }, [isDone])
  return (
    <Link ref={link} to="/opportunities/$id/review" params={{ id }} className={isDone ? className : undefined}>
      {reviewWords.next(name)}
    </Link>
  )
}
