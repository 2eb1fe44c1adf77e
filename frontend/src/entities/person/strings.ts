export const strings = {
  search: 'Search people',
  choose: 'Choose a person',
  load: (open: string, overdue: string) => `${open} open, ${overdue} overdue`,
  left: (name: string) => `${name} (left)`,
  somebodyWhoLeft: 'Someone who left',
  more: (shown: string, count: string) => `Showing ${shown} of ${count}. Search by name.`,
}
