import { useNavigate, useSearch } from '@tanstack/react-router'
import { Dashboard } from '@/features/dashboard/Dashboard'
import { filterOf } from '@/features/dashboard/filter'
import { useMe } from '@/features/session/session'

export default function DashboardPage() {
  const me = useMe()
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  return (
    <Dashboard
      me={me}
      filter={filterOf(search)}
      onFilter={(filter) => void navigate({ to: '/dashboard', search: filter, replace: true })}
    />
  )
}
