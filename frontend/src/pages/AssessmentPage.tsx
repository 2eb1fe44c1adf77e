import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { opportunityKeys, opportunityQuery } from '@/api/queries'
import { useNextInList } from '@/entities/opportunity/use-next-in-list'
import { AssessmentForm } from '@/features/assessment/form/AssessmentForm'
import { formWords } from '@/features/assessment/strings'
import { Discussion } from '@/features/discussion/Discussion'
import { CrmFacts } from '@/features/opportunity/facts/CrmFacts'
import { OpportunityNotices } from '@/features/opportunity/facts/OpportunityNotices'
import { OwnFields } from '@/features/opportunity/facts/OwnFields'
import { ReturnNotice } from '@/features/opportunity/facts/ReturnNotice'
import { pageWords } from '@/features/opportunity/strings'
import { Summary } from '@/features/opportunity/facts/Summary'
import { useMe } from '@/features/session/session'
import { LoadTogether } from '@/ui/LoadTogether'
import { toast } from '@/ui/Toast'
import styles from './OpportunityPage.module.css'

/** The server offers these wherever answers are taken. */
const ANSWERING = ['START', 'SUBMIT']

export default function AssessmentPage() {
  const { id = '' } = useParams({ strict: false })
  const { data: opportunity } = useSuspenseQuery(opportunityQuery(id))
  const navigate = useNavigate()
  const me = useMe()
  const isOpen = opportunity.allowed_actions.some(({ action }) => ANSWERING.includes(action))
  const number = opportunity.opty_number ?? pageWords.noNumber

  function goOn() {
    toast({ kind: 'done', text: formWords.submitted })
    void navigate({ to: '/opportunities/$id', params: { id } })
  }

  const { next } = useNextInList(id, { tab: 'my_queue' })

  return (
    <LoadTogether key={id} queryKey={opportunityKeys.all}>
      <title>{`${pageWords.assessmentWindow(number)} - BQS`}</title>
      <p className={styles.back}>
        <Link to="/opportunities/$id" params={{ id }}>
          {pageWords.toOpportunity}
        </Link>
      </p>
      <OpportunityNotices opportunity={opportunity} />
      {opportunity.workflow_status === 'RETURNED' && <ReturnNotice id={id} />}
      <AssessmentForm
        opportunityId={id}
        userId={me.id}
        customer={opportunity.customer}
        mayAnswer={isOpen && opportunity.may_write_notes}
        heading={<Summary opportunity={opportunity} />}
        facts={
          <>
            <CrmFacts opportunity={opportunity} />
            <Discussion opportunity={opportunity} />
            <OwnFields opportunity={opportunity} />
          </>
        }
        onSubmitted={goOn}
        onNext={next && (() => void navigate({ to: '/opportunities/$id/assessment', params: { id: next.id } }))}
      />
    </LoadTogether>
  )
}
