import { api, unwrap } from '@/api/client'
import { useApiMutation } from '@/api/mutation'
import type { Attachment } from '@/api/schema'
import { offerUndo } from '@/entities/undo'
import { toast } from '@/ui/Toast'
import { strings } from './strings'

const done = ({ name }: Attachment) => toast({ kind: 'done', text: strings.attached(name) })

export function useAttachFile(id: string) {
  return useApiMutation(
    (file: File) =>
      unwrap(
        api.POST('/api/opportunities/{id}/attachments', {
          params: { path: { id } },
          body: { file: '' },
          bodySerializer: () => formOf(file),
        }),
      ),
    { opportunityId: id, isErrorInPlace: true, onSuccess: done },
  )
}

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file)
  return form
}

export function useAttachLink(id: string, onDone: () => void) {
  return useApiMutation(
    (body: { title: string; url: string }) =>
      unwrap(api.POST('/api/opportunities/{id}/links', { params: { path: { id } }, body })),
    {
      opportunityId: id,
      isErrorInPlace: true,
      onSuccess: (link) => {
        done(link)
        onDone()
      },
    },
  )
}

/** Put a removed attachment back. */
export function useRestore(id: string) {
  return useApiMutation(
    ({ id: attachment_id }: Attachment) =>
      unwrap(
        api.POST('/api/opportunities/{id}/attachments/{attachment_id}/restore', {
          params: { path: { id, attachment_id: Number(attachment_id) } },
        }),
      ),
    {
      opportunityId: id,
      onSuccess: ({ name }) => toast({ kind: 'done', text: strings.restored(name) }),
    },
  )
}

/** Remove an attachment, and offer to undo it. */
export function useRemove(id: string) {
  const { mutate: restore } = useRestore(id)
  return useApiMutation(
    async (attachment: Attachment) => {
      const path = { id, attachment_id: Number(attachment.id) }
      await unwrap(api.DELETE('/api/opportunities/{id}/attachments/{attachment_id}', { params: { path } }))
      return attachment
    },
    {
      opportunityId: id,
      onSuccess: (attachment) => offerUndo(strings.removed(attachment.name), () => restore(attachment)),
    },
  )
}
