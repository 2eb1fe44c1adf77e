export const releaseWords = {
  title: 'A new version is there',
  why: 'This part belongs to an older version of BQS. Reload to go on. What you typed is kept.',
  reload: 'Reload',
  offline: 'You are offline.',
}
