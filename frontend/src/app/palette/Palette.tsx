import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { describe } from '@/features/views/described'
import { useMe } from '@/features/session/session'
import { useSignOut } from '@/features/session/SignOut'
import { jumpQuery, viewsQuery } from '@/api/queries'
import type { JumpRow } from '@/api/types'
import { stateLabel } from '@/entities/opportunity/catalogue'
import { type Command, commandsOfPage, matching } from '@/lib/commands'
import { PREFIX } from '@/lib/prefix'
import { useDebounced } from '@/lib/use-debounced'
import { common } from '@/strings/common'
import { type CommandGroup, CommandMenu } from '@/ui/CommandMenu'
import { NAV_ITEMS, PROFILE } from '../nav-items'
import { words } from './strings'

const QUIET_MS = 200
const SHORTEST_SEARCH = 2

interface PaletteProps {
  typed: string
  onType: (typed: string) => void
  onClose: () => void
}

/** Offer everything that can be reached or run from here, by name. */
export default function Palette({ typed, onType, onClose }: PaletteProps) {
  const [here] = useState(commandsOfPage)
  const opportunities = useFound(typed.trim())
  const recent = useRecent(typed.trim() === '')
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
      groups={[{ title: words.recent, commands: recent }, ...narrowed, { title: words.opportunities, commands: opportunities.commands }]}
      nothing={opportunities.isAsking ? words.searching : words.nothing}
      onClose={onClose}
    />
  )
}

function usePlaces(): Command[] {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { rights } = useMe()
  const pages = [...NAV_ITEMS, PROFILE].map(({ to, label }) => ({ id: to, label, run: () => void navigate({ to }) }))
  const admin = { id: 'admin', label: common.admin, run: () => location.assign(`${PREFIX}/admin/`) }
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

/** List the opportunities viewed last, while nothing is typed. */
function useRecent(isShown: boolean): Command[] {
  const open = useOpening()
  const { data = [] } = useQuery({ ...jumpQuery(''), enabled: isShown })
  return isShown ? data.map(open) : []
}

/** Search opportunities on the server, own open ones first, and link to all results. */
function useFound(typed: string): { commands: Command[]; isAsking: boolean } {
  const navigate = useNavigate()
  const open = useOpening()
  const asked = useDebounced(typed, QUIET_MS)
  const isAsked = typed.length >= SHORTEST_SEARCH
  const { data, isFetching } = useQuery({ ...jumpQuery(asked), enabled: isAsked && asked.length >= SHORTEST_SEARCH })
  if (!isAsked) return { commands: [], isAsking: false }
  const found = ((asked === typed && data) || []).map(open)
  const all = {
    id: 'search',
    label: words.searchInbox(typed),
    run: () => void navigate({ to: '/inbox', search: { tab: 'all', search: typed } }),
  }
  return { commands: [...found, all], isAsking: isFetching || asked !== typed }
}

function useOpening() {
  const navigate = useNavigate()
  return ({ id, name, opty_number: number, customer, workflow_status: status }: JumpRow): Command => ({
    id: `opportunity ${id}`,
    label: name,
    description: [number, customer, stateLabel(status)].filter(Boolean).join(', '),
    run: () => void navigate({ to: '/opportunities/$id', params: { id } }),
  })
}
