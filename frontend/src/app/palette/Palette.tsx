import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { describe } from '@/features/views/described'
import { useMe } from '@/features/session/session'
import { useSignOut } from '@/features/session/SignOut'
import { opportunitiesQuery, viewsQuery } from '@/api/queries'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { type Command, commandsOfPage, matching } from '@/lib/commands'
import { useDebounced } from '@/lib/use-debounced'
import { common } from '@/strings/common'
import { type CommandGroup, CommandMenu } from '@/ui/CommandMenu'
import { NAV_ITEMS } from '../nav-items'
import { words } from './strings'

const QUIET_MS = 200
const SHORTEST_SEARCH = 2
const MOST_FOUND = 8

interface PaletteProps {
  typed: string
  onType: (typed: string) => void
  onClose: () => void
}

/** Offer everything that can be reached or run from here, by name. */
export default function Palette({ typed, onType, onClose }: PaletteProps) {
  const [here] = useState(commandsOfPage)
  const opportunities = useFound(typed.trim())
  const fixed: CommandGroup[] = [
    { title: words.here, commands: here },
    { title: words.focusField, commands: usePlaces() },
    { title: words.views, commands: useViews() },
  ]
  const narrowed = fixed.map(({ title, commands }) => ({ title, commands: matching(commands, typed) }))
  return (
    <CommandMenu
      label={words.label}
      placeholder={words.placeholder}
      typed={typed}
      onType={onType}
      groups={[...narrowed, { title: words.opportunities, commands: opportunities.commands }]}
      nothing={opportunities.isAsking ? words.searching : words.nothing}
      onClose={onClose}
    />
  )
}

function usePlaces(): Command[] {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { rights } = useMe()
  const pages = NAV_ITEMS.map(({ to, label }) => ({ id: to, label, run: () => void navigate({ to }) }))
  const admin = { id: 'admin', label: common.admin, run: () => location.assign('/admin/') }
  const out = { id: 'sign-out', label: common.signOut, run: () => signOut() }
  return [...pages, ...(rights.use_admin ? [admin] : []), out]
}

function useViews(): Command[] {
  const navigate = useNavigate()
  const { data: views = [] } = useQuery(viewsQuery)
  return views.map((view) => ({
    id: `view ${view.id}`,
    label: view.name,
    description: describe(view),
    run: () => void navigate({ href: `/inbox?view=${view.id}` }),
  }))
}

/** Search opportunities on the server, and link to all results. */
function useFound(typed: string): { commands: Command[]; isAsking: boolean } {
  const navigate = useNavigate()
  const asked = useDebounced(typed, QUIET_MS)
  const isAsked = typed.length >= SHORTEST_SEARCH
  const { data, isFetching } = useQuery({
    ...opportunitiesQuery({ search: asked, page_size: MOST_FOUND }),
    enabled: isAsked && asked.length >= SHORTEST_SEARCH,
  })
  if (!isAsked) return { commands: [], isAsking: false }
  const rows = (asked === typed ? data?.results : undefined) ?? []
  const found = rows.map(({ id, name, opty_number: number, customer, workflow_status: status }) => ({
    id: `opportunity ${id}`,
    label: name,
    description: [number, customer, stateLabel(status)].filter(Boolean).join(', '),
    run: () => void navigate({ to: '/opportunities/$id', params: { id } }),
  }))
  const all = {
    id: 'search',
    label: words.searchInbox(typed),
    run: () => void navigate({ to: '/inbox', search: { tab: 'all', search: typed } }),
  }
  return { commands: [...found, all], isAsking: isFetching || asked !== typed }
}
