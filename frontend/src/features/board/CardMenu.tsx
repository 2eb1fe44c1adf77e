import { useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '@/api/problem'
import { opportunityQuery } from '@/api/queries'
import type { Opportunity } from '@/api/types'
import { common } from '@/strings/common'
import { IconButton } from '@/ui/IconButton'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { strings } from './strings'
import type { Moving } from './use-moves'

/** Offer what may be done with a card; it is asked for when the menu opens. */
export function CardMenu({ row, onStart }: { row: Opportunity; onStart: (moving: Moving) => void }) {
  const [isOpen, setOpen] = useState(false)
  const { data: opportunity, error } = useQuery({ ...opportunityQuery(row.id), enabled: isOpen, staleTime: 0 })
  const allowed = opportunity?.allowed_actions.filter((offer) => offer.is_allowed)

  function start(id: string) {
    const action = allowed?.find((offer) => offer.action === id)
    if (opportunity && action) onStart({ opportunity, actions: [action] })
  }

  return (
    <Menu
      label={strings.actions(row.name)}
      trigger={<IconButton icon={Ellipsis} label={strings.actions(row.name)} />}
      entries={allowed ? entriesOf(allowed) : [note(error ? sentenceOf(error) : common.loading)]}
      onAction={start}
      onOpenChange={setOpen}
    />
  )
}

function entriesOf(allowed: { action: string; label: string }[]): MenuEntry[] {
  if (allowed.length === 0) return [note(strings.noActions)]
  return allowed.map(({ action, label }) => ({ id: action, label }))
}

function note(label: string): MenuEntry {
  return { id: '', label, isDisabled: true }
}
