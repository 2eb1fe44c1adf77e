import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ChangeKind } from '@/api/types'
import { RunPage } from '@/features/sync/RunPage'

export default function SyncRunPage() {
  const { id } = useParams({ from: '/syncs/$id' })
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  return (
    <RunPage
      id={id}
      filter={{
        kind: textOf(search.kind) as ChangeKind | undefined,
        field: textOf(search.field),
        practice: textOf(search.practice),
      }}
      onFilter={(filter) => void navigate({ to: '/syncs/$id', params: { id }, search: filter, replace: true })}
    />
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
