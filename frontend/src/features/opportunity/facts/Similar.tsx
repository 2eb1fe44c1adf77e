import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { similarQuery } from '@/api/queries'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { StatusBadge } from '@/entities/opportunity/StatusBadge'
import { outcomeWords } from '@/entities/opportunity/strings'
import { PartFailed } from '@/entities/PartFailed'
import { formatMoneyShort } from '@/lib/format'
import { ScrollBox } from '@/ui/ScrollBox'
import { Skeleton } from '@/ui/Skeleton'
import { TableHead } from '@/ui/TableHead'
import { similarWords } from '../strings'
import styles from './Similar.module.css'

/** Show what became of deals like this one. */
export function Similar({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(similarQuery(id))
  return (
    <section className={styles.similar} aria-labelledby="similar">
      <h2 id="similar">{similarWords.title}</h2>
      {isPending && <Skeleton />}
      {error && <PartFailed error={error} retry={refetch} />}
      {data?.length === 0 && <p className={styles.meta}>{similarWords.none}</p>}
      {data && data.length > 0 && (
        <ScrollBox labelledBy="similar">
          <table className={styles.table}>
            <TableHead columns={similarWords.columns} />
            <tbody>
              {data.map((each) => (
                <tr key={each.id}>
                  <th scope="row">
                    <Link to="/opportunities/$id" params={{ id: each.id }}>
                      {each.name}
                    </Link>
                    <p className={styles.meta}>
                      {each.is_same_customer ? similarWords.sameCustomer : each.customer}
                    </p>
                  </th>
                  <td>{formatMoneyShort(each.deal_value, each.currency)}</td>
                  <td>
                    <StatusBadge status={each.workflow_status} />
                  </td>
                  <td>{each.decision === 'NONE' ? '—' : <RecommendationBadge recommendation={each.decision} />}</td>
                  <td>{each.crm_outcome ? outcomeWords[each.crm_outcome] : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}
