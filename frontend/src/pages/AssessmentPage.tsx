import { PageTitle } from '@/ui/PageTitle'

export default function AssessmentPage() {
  return <PageTitle title="Assessment" />
}
