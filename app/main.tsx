import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/reset.css';
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
