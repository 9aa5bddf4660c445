import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/map.css';
import './styles/embed.css';
import './styles/rail.css';
import './styles/inspector.css';
import './styles/charts.css';
import { App } from './App.tsx';
import { EmbedApp } from './embed/EmbedApp.tsx';
import { startEngine } from './engine/start.ts';
import { useStore } from './store/store.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');

const embedded = new URLSearchParams(window.location.search).get('embed') === '1';
startEngine(embedded);

useStore.subscribe(
  (s) => s.settings.theme,
  (theme) => {
    document.documentElement.dataset.theme = theme;
  },
  { fireImmediately: true },
);
// The first picture stands: a script that takes pictures of the page waits for this.
useStore.subscribe(
  (s) =>
    s.picture?.run === s.run && s.frame?.status !== 'replaying' && s.picture.net === s.frame?.net,
  (ready) => {
    root.dataset.ready = String(ready);
  },
);

createRoot(root).render(embedded ? <EmbedApp /> : <App />);
