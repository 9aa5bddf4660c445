import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/map.css';
import './styles/embed.css';
import './styles/rail.css';
import './styles/inspector.css';
import './styles/charts.css';
import { App } from './pages/App.tsx';
import { EmbedApp } from './pages/EmbedApp.tsx';
import { openPage } from './pages/openPage.ts';
import { SessionProvider } from './useSession.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');

const embedded = new URLSearchParams(window.location.search).get('embed') === '1';
const session = openPage(root, embedded);

createRoot(root).render(
  <SessionProvider value={session}>{embedded ? <EmbedApp /> : <App />}</SessionProvider>,
);
