import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { viewsQuery } from '@/features/views/queries'
import { describe } from '@/features/views/described'
import { useMe } from '@/features/session/session'
import { useSignOut } from '@/features/session/SignOut'
import { foundQuery } from '@/entities/opportunity/queries'
import { statusWords } from '@/entities/opportunity/strings'
import { type Command, commandsOfPage, matching } from '@/lib/commands'
import { useDebounced } from '@/lib/use-debounced'
import { common } from '@/strings/common'
import { type CommandGroup, CommandMenu } from '@/ui/CommandMenu'
import { PLACES } from './places'
import { words } from './palette-strings'

const QUIET_MS = 200
const SHORTEST_SEARCH = 2

interface PaletteProps {
  typed: string
  onType: (typed: string) => void
  onClose: () => void
}

/** Whatever can be reached from here, by its name. */
export default function Palette({ typed, onType, onClose }: PaletteProps) {
  const [here] = useState(commandsOfPage)
  const opportunities = useFound(typed.trim())
  const fixed: CommandGroup[] = [
    { title: words.here, commands: here },
    { title: words.goTo, commands: usePlaces() },
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
  const pages = PLACES.map(({ to, label }) => ({ id: to, label, run: () => void navigate({ to }) }))
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

/** The server's own search, and the way to all that it finds. */
function useFound(typed: string): { commands: Command[]; isAsking: boolean } {
  const navigate = useNavigate()
  const asked = useDebounced(typed, QUIET_MS)
  const isAsked = typed.length >= SHORTEST_SEARCH
  const { data, isFetching } = useQuery({
    ...foundQuery(asked),
    enabled: isAsked && asked.length >= SHORTEST_SEARCH,
  })
  if (!isAsked) return { commands: [], isAsking: false }
  const rows = (asked === typed ? data?.results : undefined) ?? []
  const found = rows.map(({ id, name, opty_number: number, customer, workflow_status: status }) => ({
    id: `opportunity ${id}`,
    label: name,
    description: [number, customer, statusWords[status]].filter(Boolean).join(', '),
    run: () => void navigate({ to: '/opportunities/$id', params: { id } }),
  }))
  const all = {
    id: 'search',
    label: words.searchInbox(typed),
    run: () => void navigate({ to: '/inbox', search: { tab: 'all', search: typed } }),
  }
  return { commands: [...found, all], isAsking: isFetching || asked !== typed }
}
