export const words = {
  open: 'Search or jump to',
  label: 'Search or run a command',
  placeholder: 'Opportunity, page, view or action',
  opportunities: 'Opportunities',
  recent: 'Recently viewed',
  searchInbox: (typed: string) => `Search the inbox for “${typed}”`,
  here: 'On this page',
  focusField: 'Go to',
  views: 'Saved views',
  nothing: 'No results.',
  searching: 'Searching…',
  keys: { mac: '⌘ K', others: 'Ctrl K' },
}
