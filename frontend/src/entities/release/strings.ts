export const releaseWords = {
  title: 'A new version is available',
  why: 'This page is from an older version of BQS. Reload to continue. Your text is kept.',
  reload: 'Reload',
  offline: 'You are offline.',
}
