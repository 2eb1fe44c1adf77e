import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { sentenceOf } from '@/api/problem'
import { common } from '@/strings/common'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/Toast'
import styles from './ManageViewsDialog.module.css'
import { useChangeView, useRemoveView, viewsQuery } from './queries'
import { strings } from './strings'

const onError = (error: Error) => toast({ kind: 'failed', text: sentenceOf(error) })

/** Of one's own views: shared or not, which one begins, in which order, and away with them. */
export default function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const { data: views = [] } = useQuery(viewsQuery)
  const change = useChangeView()
  const remove = useRemoveView()
  const mine = views.filter((view) => view.is_mine)

  function move(place: number, by: -1 | 1) {
    const [view] = mine.slice(place, place + 1)
    const order = view ? mine.toSpliced(place, 1).toSpliced(place + by, 0, view) : mine
    order.forEach((each, position) => {
      if (each.position !== position) change.mutate({ view: each, change: { position } }, { onError })
    })
  }

  return (
    <Dialog title={strings.manage} isOpen onClose={onClose} closeLabel={common.close}>
      {mine.length === 0 && <p>{strings.noneMine}</p>}
      <ul>
        {mine.map((view, place) => (
          <li key={view.id} className={styles.view}>
            <span className={styles.name}>{view.name}</span>
            <Checkbox
              isSelected={view.is_shared}
              aria-label={strings.shareOf(view.name)}
              onChange={(is_shared) => change.mutate({ view, change: { is_shared } }, { onError })}
            >
              {strings.columns.share}
            </Checkbox>
            <Checkbox
              isSelected={view.is_default}
              aria-label={strings.startOf(view.name)}
              onChange={(is_default) => change.mutate({ view, change: { is_default } }, { onError })}
            >
              {strings.columns.start}
            </Checkbox>
            <Button
              kind="quiet"
              isIconOnly
              aria-label={strings.moveUp(view.name)}
              isDisabled={place === 0}
              onPress={() => move(place, -1)}
            >
              <ArrowUp size={14} aria-hidden />
            </Button>
            <Button
              kind="quiet"
              isIconOnly
              aria-label={strings.moveDown(view.name)}
              isDisabled={place === mine.length - 1}
              onPress={() => move(place, 1)}
            >
              <ArrowDown size={14} aria-hidden />
            </Button>
            <Button
              kind="quiet"
              isIconOnly
              aria-label={strings.remove(view.name)}
              onPress={() => remove.mutate(view, { onError })}
            >
              <Trash2 size={14} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
