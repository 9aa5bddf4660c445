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
    interface Message {
      readonly id: string;
      readonly path?: readonly string[];
      readonly argumentList: readonly { readonly value?: unknown }[];
      readonly value?: { readonly values: Float32Array } | null;
    }
    interface Asked {
      id: string;
      columns: number;
      rows: number;
      values?: Float32Array | null | undefined;
    }
    const asked: Asked[] = [];
    Object.assign(window, { askedFields: asked });
    const listening = new WeakSet<Worker>();
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...sent: unknown[]) {
      const message = sent[0] as Message;
      if (message.path?.[0] === 'field') {
        const { columns, rows } = message.argumentList[1].value as Asked;
        asked.push({ id: message.id, columns, rows });
        if (!listening.has(this))
          this.addEventListener('message', ({ data }: MessageEvent<Message>) => {
            const field = asked.find(({ id }) => id === data.id);
            if (field) field.values = data.value ? data.value.values : null;
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
