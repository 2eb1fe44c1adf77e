import { PageTitle } from '@/ui/PageTitle'

export default function OpportunityPage() {
  return <PageTitle title="Opportunity" />
}
