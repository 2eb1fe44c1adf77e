import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useCommands } from '@/lib/commands'
import { formatCount } from '@/lib/format'
import styles from './Neighbours.module.css'
import { neighboursQuery } from '@/api/queries'
import { pageWords } from '../strings'

/** Link back to the list, and to the next and previous row of it. */
export function Neighbours({ id, from }: { id: string; from: string }) {
  const { data } = useQuery({ ...neighboursQuery(id, listFilter(from)), enabled: from !== '' })
  const navigate = useNavigate()
  const steps = [
    { to: data?.next, label: pageWords.next },
    { to: data?.previous, label: pageWords.previous },
  ]
  useCommands(
    steps.flatMap(({ to, label }) =>
      to ? [{ id: label, label, description: to.name, run: () => void navigate(stepTo(to.id, from)) }] : [],
    ),
  )
  return (
    <nav className={styles.line} aria-label={pageWords.list}>
      <Link to={from ? `/inbox?${from}` : '/inbox'}>{pageWords.back}</Link>
      {data?.previous && (
        <Step id={data.previous.id} from={from} title={data.previous.name}>
          <ArrowLeft size={14} aria-hidden /> {pageWords.previous}
        </Step>
      )}
      {data?.position && (
        <span>{pageWords.position(formatCount(data.position), formatCount(data.count))}</span>
      )}
      {data?.next && (
        <Step id={data.next.id} from={from} title={data.next.name}>
          {pageWords.next} <ArrowRight size={14} aria-hidden />
        </Step>
      )}
    </nav>
  )
}

function stepTo(id: string, from: string) {
  return { to: '/opportunities/$id', params: { id }, search: { from } } as const
}

interface StepProps {
  id: string
  from: string
  title: string
  children: React.ReactNode
}

function Step({ id, from, title, children }: StepProps) {
  return (
    <Link {...stepTo(id, from)} title={title} className={styles.step}>
      {children}
    </Link>
  )
}

/** Read the list's own filter and order; what only its page knows is left out. */
function listFilter(from: string): Record<string, string[]> {
  const parameters = new URLSearchParams(from)
  for (const name of ['page', 'view', 'row']) parameters.delete(name)
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))
}
