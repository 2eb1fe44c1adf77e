import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/entities/Loaded'
import { Dialog } from '@/ui/Dialog'
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
  return (
    <Dialog
      title={versionWords.version(versionNo)}
      onClose={onClose}
      size="large"
      isToRead
    >
      <Loaded query={useQuery(versionQuery(opportunityId, versionNo))} lines={8}>
        {(data) => <AnswerSheet version={data} />}
      </Loaded>
    </Dialog>
  )
}
