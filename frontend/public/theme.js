// Before the first paint, so that a dark page does not flash white; see src/lib/theme.ts.
try {
  document.documentElement.dataset.theme = localStorage.getItem('bqs:theme') ?? 'system'
} catch {
  // Storage is forbidden: the system's own colours.
}
