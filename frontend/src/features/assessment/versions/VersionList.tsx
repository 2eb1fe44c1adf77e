import { useQuery } from '@tanstack/react-query'
import { PartFailed } from '@/entities/PartFailed'
import { RecommendationBadge } from '@/entities/opportunity/RecommendationBadge'
import { formatDateTime, formatDecimal } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/Skeleton'
import { ScrollBox } from '@/ui/ScrollBox'
import { TableHead } from '@/ui/TableHead'
import { versionsQuery } from '@/api/queries'
import { versionStatusWords, versionWords } from '../strings'
import type { Version } from '../types'
import styles from './VersionList.module.css'

interface VersionListProps {
  opportunityId: string
  /** What was decided on each, by its number. */
  outcomes: Record<number, Version['recommendation']>
  onOpen: (versionNo: number) => void
  onCompare: (older: number, newer: number) => void
}

export function VersionList({ opportunityId, outcomes, onOpen, onCompare }: VersionListProps) {
  const { data, error, isPending, refetch } = useQuery(versionsQuery(opportunityId))
  const versions = data?.results ?? []
  return (
    <section aria-labelledby="versions" className={styles.versions}>
      <h2 id="versions">{versionWords.title}</h2>
      {isPending && <Skeleton />}
      {error && <PartFailed error={error} retry={refetch} />}
      {data && versions.length === 0 && <p className={styles.none}>{versionWords.none}</p>}
      {versions.length > 0 && (
        <ScrollBox labelledBy="versions">
          <table className={styles.table}>
            <TableHead columns={versionWords.columns} />
            <tbody>
              {versions.map((version, place) => (
                <Row
                  key={version.id}
                  version={version}
                  before={versions[place + 1]}
                  outcome={outcomes[version.version_no] ?? null}
                  onOpen={onOpen}
                  onCompare={onCompare}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}

interface RowProps extends Pick<VersionListProps, 'onOpen' | 'onCompare'> {
  version: Version
  before: Version | undefined
  outcome: Version['recommendation']
}

function Row({ version, before, outcome, onOpen, onCompare }: RowProps) {
  const { version_no: no, status, assessor, submitted_by: submitter, submitted_at: at } = version
  return (
    <tr>
      <th scope="row">
        <Button kind="quiet" onPress={() => onOpen(no)}>
          {versionWords.open(no)}
        </Button>
      </th>
      <td>{versionStatusWords[status]}</td>
      <td>{(submitter ?? assessor)?.name ?? '—'}</td>
      <td className={styles.date}>{formatDateTime(at ?? version.created_at)}</td>
      <td className={styles.number}>{formatDecimal(version.score)}</td>
      <td>
        <Word of={version.recommendation} />
      </td>
      <td>
        <Word of={version.sa_recommendation} />
      </td>
      <td>
        <Word of={outcome} />
      </td>
      <td>
        {before && (
          <Button kind="quiet" onPress={() => onCompare(before.version_no, no)}>
            {versionWords.compare(before.version_no, no)}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Word({ of }: { of: Version['recommendation'] }) {
  return of ? <RecommendationBadge recommendation={of} /> : '—'
}
