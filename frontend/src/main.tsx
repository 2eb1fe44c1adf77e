import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html lost its #root.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
