import { Link } from '@tanstack/react-router'
import { formatCount } from '@/lib/format'
import { words } from '../strings'
import type { Figure } from '../types'

interface FigureLinkProps {
  figure: Pick<Figure, 'count' | 'filter' | 'label'>
  /** What it counts, where the label alone does not say. */
  label?: string
  className?: string
  children?: React.ReactNode
}

/** Link a figure to the rows it counts; the API gives the filter. */
export function FigureLink({ figure, label = figure.label, className, children }: FigureLinkProps) {
  const shown = formatCount(figure.count)
  return (
    <Link
      to="/inbox"
      search={{ tab: 'all', ...figure.filter }}
      className={className}
      preload={false}
      aria-label={words.rowsOf(shown, label)}
    >
      {children ?? shown}
    </Link>
  )
}
