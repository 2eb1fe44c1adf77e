// The theme's Alpine runs what stands in attributes as code, which our Content-Security-Policy
// refuses. Alpine's own build for such policies (@alpinejs/csp 3.17.4, dist/cdn.min.js), which takes
// its place by its path, parses it instead: it knows no statements and no globals. Both are given
// to it here.
document.addEventListener('alpine:init', () => {
  const called = (name) => (...given) => window[name](...given)
  const globals = {
    getCurrentTab: called('getCurrentTab'),
    moveRecords: called('moveRecords'),
    sortRecords: called('sortRecords'),
    clear: (field) => (field.value = ''),
    localStorage: {
      getItem: (key) => localStorage.getItem(key),
      setItem: (key, value) => localStorage.setItem(key, value),
    },
    window: { location: { get pathname() { return location.pathname }, get search() { return location.search } } },
  }
  // On the root element, so that all that is below knows them.
  Alpine.data('theme', (...given) => Object.assign(theme(...given), globals))
  for (const name of ['searchForm', 'searchDropdown', 'searchCommand']) Alpine.data(name, called(name))

  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isRun = name.startsWith('x-on:') || name === 'x-init'
      if (isRun && /;|^\s*if\b/.test(value)) element.setAttribute(name, expressionOf(value))
    }
  }

  function expressionOf(statements) {
    const parts = statements
      .replace(/if \((.+)\) \{ (.+) \} else \{ (\S+)\.value = '' \}/, '$1 ? $2 : clear($3)')
      .replace(/if \((.+)\) (.+)/, '($1) && $2')
      .split(';')
      .map((part) => part.trim())
    // A watcher of the theme's repeats what the button does that it watches.
    return `[${parts.filter((part) => part && !part.includes('=>')).join(', ')}]`
  }
})
