import { Link } from '@tanstack/react-router'
import type { Me, Person } from '@/api/types'
import { EmptyState } from '@/ui/EmptyState'
import { words } from './strings'

const { empty } = words

/** Lead who may to the first sync; tell the others whom to ask. */
export function EmptySystem({ me, administrators }: { me: Me; administrators: Person[] }) {
  if (!me.rights.start_sync) {
    const names = administrators.map(({ name }) => name).join(', ')
    return <EmptyState title={empty.title}>{names ? empty.others(names) : empty.nobody}</EmptyState>
  }
  return (
    <EmptyState title={empty.title} buttons={<Link to="/syncs">{empty.toSyncs}</Link>}>
      <p>{empty.operator}</p>
      {me.rights.use_admin && (
        <p>
          {empty.check} <code>{empty.command}</code>
        </p>
      )}
    </EmptyState>
  )
}
