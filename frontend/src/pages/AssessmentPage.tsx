import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { opportunityKeys, opportunityQuery } from '@/entities/opportunity/queries'
import { AssessmentForm } from '@/features/assessment/AssessmentForm'
import { formWords } from '@/features/assessment/strings'
import { Comments } from '@/features/opportunity/Comments'
import { CrmFacts } from '@/features/opportunity/CrmFacts'
import { OpportunityNotices } from '@/features/opportunity/OpportunityNotices'
import { OwnFields } from '@/features/opportunity/OwnFields'
import { ReturnNotice } from '@/features/opportunity/ReturnNotice'
import { pageWords } from '@/features/opportunity/strings'
import { Summary } from '@/features/opportunity/Summary'
import { useMe } from '@/features/session/session'
import { common } from '@/strings/common'
import { AtOnce } from '@/ui/AtOnce'
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

  return (
    <AtOnce key={id} queryKey={opportunityKeys.all} label={common.loading}>
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
            <Comments opportunity={opportunity} />
            <OwnFields opportunity={opportunity} />
          </>
        }
        onSubmitted={goOn}
      />
    </AtOnce>
  )
}
