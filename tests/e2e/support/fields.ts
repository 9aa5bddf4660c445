import type { Page } from '@playwright/test';

/** A field that the page asked its compute worker for, and what came of it. */
export interface AskedField {
  readonly columns: number;
  readonly rows: number;
  /** Undefined until the worker answers. */
  readonly values?: readonly number[] | null;
}

/** Keeps a list of the fields asked for, by listening to what goes to the workers and comes back. */
export async function watchFields(page: Page): Promise<() => Promise<AskedField[]>> {
  await page.addInitScript(() => {
    interface Request {
      readonly call: number;
      readonly job?: string;
      readonly parameters?: { readonly request: { columns: number; rows: number } };
    }
    interface Answer {
      readonly kind?: string;
      readonly call: number;
      readonly result?: { readonly values: Float32Array };
    }
    interface Asked {
      call: number;
      columns: number;
      rows: number;
      values?: Float32Array | null | undefined;
    }
    const asked: Asked[] = [];
    Object.assign(window, { askedFields: asked });
    const listening = new WeakSet<Worker>();
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...sent: unknown[]) {
      const { call, job, parameters } = sent[0] as Request;
      if (job === 'field' && parameters) {
        const { columns, rows } = parameters.request;
        asked.push({ call, columns, rows });
        if (!listening.has(this))
          this.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
            if (data.kind !== 'result' && data.kind !== 'error') return;
            const field = asked.find((one) => one.call === data.call);
            if (field) field.values = data.result?.values ?? null;
          });
        listening.add(this);
      }
      return Reflect.apply(post, this, sent);
    };
  });
  return () =>
    page.evaluate(() =>
      (
        window as unknown as {
          askedFields: { columns: number; rows: number; values?: Float32Array | null }[];
        }
      ).askedFields.map(({ columns, rows, values }) => ({
        columns,
        rows,
        ...(values === undefined ? {} : { values: values && Array.from(values) }),
      })),
    );
}

/** Columns of every field asked for since `watchFields`; their values may be many megabytes. */
export const columnsAsked = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    (window as unknown as { askedFields: { columns: number }[] }).askedFields.map(
      ({ columns }) => columns,
    ),
  );
