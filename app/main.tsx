import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/reset.css';
import { App } from './pages/App.tsx';
import { EmbedApp } from './pages/EmbedApp.tsx';
import { openPage } from './pages/openPage.ts';
import { SessionProvider } from './useSession.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');

const query = new URLSearchParams(window.location.search);
const embedded = query.get('embed') === '1';
const session = openPage(root, embedded);
if (query.get('present') === '1' && !embedded) session.actions.present(true);

createRoot(root).render(
  <SessionProvider value={session}>{embedded ? <EmbedApp /> : <App />}</SessionProvider>,
);
