export const strings = {
  search: 'Search people',
  choose: 'Choose a person',
  load: (open: string, overdue: string) => `${open} open, ${overdue} overdue`,
  left: (name: string) => `${name} (left)`,
  somebodyWhoLeft: 'Somebody who left',
  more: (shown: string, count: string) => `The first ${shown} of ${count}: search by name.`,
}
