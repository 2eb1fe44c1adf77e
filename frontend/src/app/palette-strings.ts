export const words = {
  open: 'Search or jump to',
  label: 'Search, or choose what to do',
  placeholder: 'Opportunity, page, view or action',
  opportunities: 'Opportunities',
  searchInbox: (typed: string) => `Search the inbox for “${typed}”`,
  here: 'On this page',
  goTo: 'Go to',
  views: 'Saved views',
  nothing: 'Nothing found.',
  searching: 'Searching…',
  keys: { mac: '⌘ K', others: 'Ctrl K' },
}
