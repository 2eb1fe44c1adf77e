import { Link } from '@tanstack/react-router'
import { common } from '@/strings/common'
import { PageTitle } from '@/ui/PageTitle'

export default function NotFoundPage() {
  return (
    <>
      <PageTitle title={common.notFound} />
      <p>{common.notFoundDetail}</p>
      <p>
        <Link to="/inbox">{common.backToInbox}</Link>
      </p>
    </>
  )
}
