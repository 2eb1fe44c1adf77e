import { MOST_COMPARED } from '@/entities/opportunity/strings'

export const strings = {
  title: 'Compare',
  empty: 'Nothing to compare yet',
  emptyDetail: `Select 2 to ${MOST_COMPARED} opportunities in the inbox, then choose Compare.`,
  tooMany: `You can compare up to ${MOST_COMPARED} opportunities at once. These are the first ${MOST_COMPARED}.`,
  notInSight: (count: number) =>
    count === 1
      ? 'One opportunity is left out: it does not exist, or you cannot see it.'
      : `${count} opportunities are left out: they do not exist, or you cannot see them.`,
  table: 'Opportunities side by side',
  fact: 'Field',
  remove: (name: string) => `Remove ${name}`,
  onlyDifferent: 'Only differences',
  different: 'Different',
  same: 'No differences.',
  sections: { crm: 'CRM', work: 'Qualification', criteria: 'Last scored version' },
  version: 'Version',
  versionOf: (no: number, day: string) => `Version ${no}, ${day}`,
  noScore: 'Not scored yet',
  unknown: 'Unknown',
  notApplicable: 'Not applicable',
}
