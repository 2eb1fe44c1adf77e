import type { OpportunityDetail } from '@/api/types'
import { ActionBar } from '@/features/opportunity/actions/ActionBar'

/** Offer in the inbox's preview what can be done with the opportunity. */
export default function PreviewActions({ opportunity }: { opportunity: OpportunityDetail }) {
  return <ActionBar opportunity={opportunity} />
}
