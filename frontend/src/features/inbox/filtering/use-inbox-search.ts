import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type InboxSearch, type PlainSearch, readSearch, writeSearch } from './search'

/** Read and write the list's state, which lives in the address: of the inbox, the board and the calendar. */
export function useInboxSearch() {
  const plain: PlainSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = useMemo(() => readSearch(plain), [plain])
  /** Choosing can be taken back by the browser's Back; typing and paging replace. */
  const go = useCallback(
    (next: InboxSearch, how: 'push' | 'replace' = 'push') =>
      void navigate({ to: '.', search: writeSearch(next), replace: how === 'replace', resetScroll: false }),
    [navigate],
  )
  return { search, go }
}
