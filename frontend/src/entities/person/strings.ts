export const strings = {
  search: 'Search people',
  choose: 'Choose a person',
  load: (open: string, overdue: string) => `${open} open, ${overdue} overdue`,
  more: (shown: string, count: string) => `The first ${shown} of ${count}: search by name.`,
}
