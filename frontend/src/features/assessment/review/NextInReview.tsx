import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { opportunitiesQuery } from '@/api/queries'
import { useShortcutsPreference } from '@/entities/preferences/preferences'
import { useCommands } from '@/lib/commands'
import { useShortcuts } from '@/lib/shortcuts'
import { reviewWords } from '../strings'

interface NextInReviewProps {
  id: string
  /** This one is decided or returned: the focus goes on to the next. */
  isDone: boolean
  className: string | undefined
}

/** Lead to the opportunity in review that is due first. */
export function NextInReview({ id, isDone, className }: NextInReviewProps) {
  const list = useQuery(opportunitiesQuery({ tab: 'in_review', ordering: ['due_at'], page_size: 2 }))
  const next = list.data?.results.find((row) => row.id !== id)
  const navigate = useNavigate()
  const [hasShortcuts] = useShortcutsPreference()
  const nextId = next?.id
  const go = () => nextId && void navigate({ to: '/opportunities/$id/review', params: { id: nextId } })
  useShortcuts({ n: go }, hasShortcuts)
  useCommands(next ? [{ id: 'next-in-review', label: reviewWords.next(next.name), keys: 'n', run: go }] : [])
  if (!next) return isDone ? <p>{reviewWords.noNext}</p> : null
  return <NextLink id={next.id} name={next.name} isDone={isDone} className={className} />
}

function NextLink({ id, name, isDone, className }: NextInReviewProps & { name: string }) {
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
