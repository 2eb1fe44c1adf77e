import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Compare } from '@/features/compare/Compare'
import { strings } from '@/features/compare/strings'
import { common } from '@/strings/common'
import { PageTitle } from '@/ui/PageTitle'

export default function ComparePage() {
  const { id } = useSearch({ from: '/compare' })
  const navigate = useNavigate()
  const wayToInbox = <Link to="/inbox">{common.backToInbox}</Link>
  return (
    <>
      <PageTitle title={strings.title}>{wayToInbox}</PageTitle>
      <Compare
        asked={id}
        onIds={(ids) => void navigate({ to: '/compare', search: { id: ids }, replace: true })}
        wayToInbox={wayToInbox}
      />
    </>
  )
}
