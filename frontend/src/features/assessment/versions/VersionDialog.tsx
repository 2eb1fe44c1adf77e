import { useQuery } from '@tanstack/react-query'
import { PartFailed } from '@/entities/PartFailed'
import { common } from '@/strings/common'
import { Dialog } from '@/ui/Dialog'
import { Skeleton } from '@/ui/Skeleton'
import { AnswerSheet } from './AnswerSheet'
import { versionQuery } from '@/api/queries'
import { versionWords } from '../strings'

interface VersionDialogProps {
  opportunityId: string
  versionNo: number
  onClose: () => void
}

/** Show a version as it was submitted, with the questions of its time. */
export function VersionDialog({ opportunityId, versionNo, onClose }: VersionDialogProps) {
  const { data, error, isPending, refetch } = useQuery(versionQuery(opportunityId, versionNo))
  return (
    <Dialog
      title={versionWords.version(versionNo)}
      isOpen
      onClose={onClose}
      closeLabel={common.close}
      size="large"
      isToRead
    >
      {isPending && <Skeleton label={common.loading} lines={8} />}
      {error && <PartFailed error={error} retry={refetch} />}
      {data && <AnswerSheet version={data} />}
    </Dialog>
  )
}
