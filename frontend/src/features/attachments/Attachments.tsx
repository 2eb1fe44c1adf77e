import { useQuery } from '@tanstack/react-query'
import { ExternalLink, Paperclip, X } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { API_ORIGIN } from '@/api/client'
import { attachmentsQuery } from '@/api/queries'
import type { Attachment } from '@/api/schema'
import type { OpportunityDetail } from '@/api/types'
import { ErrorNote } from '@/entities/ErrorNote'
import { PartFailed } from '@/entities/PartFailed'
import { When } from '@/ui/When'
import { formatSize } from '@/lib/format'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { focusBeside } from '@/ui/focus'
import styles from './Attachments.module.css'
import { LinkForm } from './LinkForm'
import { useAttachFile, useRemove, useRestore } from './mutations'
import { strings } from './strings'

/** List files and links, and let those who may comment add and remove them. */
export function Attachments({ opportunity: { id, may_comment: mayAdd } }: { opportunity: OpportunityDetail }) {
  const { data, error, refetch } = useQuery(attachmentsQuery(id))
  const attachments = data?.results ?? []
  const present = attachments.filter((each) => each.removed_at === null)
  const removed = attachments.filter((each) => each.removed_at !== null)
  return (
    <section className={styles.attachments} aria-labelledby="attachments">
      <h2 id="attachments">{strings.title}</h2>
      {error && <PartFailed error={error} retry={refetch} />}
      {data && present.length === 0 && <p className={styles.meta}>{strings.none}</p>}
      <ul className={styles.list}>
        {present.map((each) => (
          <Item key={each.id} opportunityId={id} attachment={each} />
        ))}
      </ul>
      {removed.length > 0 && (
        <details>
          <summary>{strings.removedOnes(removed.length)}</summary>
          <ul className={styles.list}>
            {removed.map((each) => (
              <RemovedItem key={each.id} opportunityId={id} attachment={each} />
            ))}
          </ul>
        </details>
      )}
      {mayAdd && <Adding id={id} />}
    </section>
  )
}

function Adding({ id }: { id: string }) {
  const [isLinking, setLinking] = useState<boolean>()
  const file = useAttachFile(id)
  if (isLinking) return <LinkForm id={id} onClose={() => setLinking(false)} />
  return (
    <>
      <ErrorNote error={file.error} />
      <div className={styles.buttons}>
        <FileTrigger onSelect={(files) => files?.[0] && file.mutate(files[0])}>
          <Button isPending={file.isPending}>{file.isPending ? strings.attaching : strings.attach}</Button>
        </FileTrigger>
        {/* Back where it was opened from. */}
        <Button autoFocus={isLinking === false} onPress={() => setLinking(true)}>
          {strings.addLink}
        </Button>
      </div>
    </>
  )
}

interface ItemProps {
  opportunityId: string
  attachment: Attachment
}

function Item({ opportunityId, attachment }: ItemProps) {
  const { id, name, url, size, added_by: by, added_at: at } = attachment
  const remove = useRemove(opportunityId)
  const address = `${API_ORIGIN}/api/opportunities/${opportunityId}/attachments/${id}`
  return (
    <li className={styles.item}>
      {url ? <ExternalLink size={14} aria-hidden /> : <Paperclip size={14} aria-hidden />}
      <div className={styles.words}>
        {url ? (
          <a href={url} target="_blank" rel="noreferrer noopener">
            {name}
          </a>
        ) : (
          <a href={address} download={name}>
            {name}
          </a>
        )}
        <p className={styles.meta}>
          {!url && `${formatSize(size)} · `}
          {strings.by(by.name)} <When at={at} />
        </p>
      </div>
      {attachment.may_remove && (
        <IconButton
          icon={X}
          isPending={remove.isPending}
          label={strings.remove(name)}
          onPress={({ target }) => {
            focusBeside(target, 'section')
            remove.mutate(attachment)
          }}
        />
      )}
    </li>
  )
}

function RemovedItem({ opportunityId, attachment }: ItemProps) {
  const { name, removed_by: by, removed_at: at } = attachment
  const restore = useRestore(opportunityId)
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        {name}
        <p className={styles.meta}>
          {by && strings.by(by.name)} {at && <When at={at} />}
        </p>
      </div>
      <Button kind="quiet" isPending={restore.isPending} onPress={() => restore.mutate(attachment)}>
        {strings.restore}
      </Button>
    </li>
  )
}
