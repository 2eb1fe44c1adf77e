import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/entities/Loaded'
import { AnswerSheet } from '../versions/AnswerSheet'
import styles from './AssessmentForm.module.css'
import { latestVersionQuery } from '@/api/queries'
import { formWords, versionWords } from '../strings'

interface ClosedAssessmentProps {
  opportunityId: string
  heading: ReactNode
  facts: ReactNode
}

/** Show the latest answers to those who cannot edit now. */
export function ClosedAssessment({ opportunityId, heading, facts }: ClosedAssessmentProps) {
  return (
    <>
      <div className={styles.bar}>{heading}</div>
      <p>{formWords.notFillable}</p>
      <div className={styles.columns}>
        <div className={styles.sheet}>
          <LatestVersion opportunityId={opportunityId} />
        </div>
        <aside className={styles.aside}>{facts}</aside>
      </div>
    </>
  )
}

function LatestVersion({ opportunityId }: { opportunityId: string }) {
  return (
    <Loaded query={useQuery(latestVersionQuery(opportunityId))} lines={8}>
      {(version) => {
        if (version === null) return <p>{versionWords.none}</p>
        return (
          <>
            <h2>{versionWords.version(version.version_no)}</h2>
            <AnswerSheet version={version} />
          </>
        )
      }}
    </Loaded>
  )
}
