import * as Comlink from 'comlink';
import { notify, notifyError, useStore } from '../store/store.ts';
import { measureCircles } from './circles.ts';
import { redrawField } from './fields.ts';
import { compute } from './workers.ts';

/** Opens the backend that the settings ask for, and measures anew what it is to measure. */
export function openCompute(): void {
  const { settings } = useStore.getState();
  compute
    .open(
      settings.compute,
      navigator.hardwareConcurrency,
      Comlink.proxy((status) => {
        useStore.setState({ compute: status });
        if (status.notice) notify(status.notice);
      }),
    )
    .then(() => {
      measureCircles();
      redrawField();
    })
    .catch((error: unknown) => notifyError('Compute did not start', error));
}
