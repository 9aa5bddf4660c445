import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built site is. */
const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A host of the built site that can be stopped, or lack a file, or be slow, or have a policy of its own. */
export class Site {
  /** Files whose address has one of these in it are answered with 404. */
  missing: readonly string[] = [];
  /** Files whose address has one of these in it are answered when `answerLate` is called. */
  late: readonly string[] = [];
  policy: string | null = null;
  /** Pages of the test's own, by their path. */
  pages: Readonly<Record<string, string>> = {};
  readonly #folder: string;
  readonly #waiting: (() => void)[] = [];
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  /** @param folder what it serves; the built site unless a test has another */
  constructor(folder = DIST) {
    this.#folder = folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Starts it, or starts it again at the same address. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', this.url).pathname;
      const has = (parts: readonly string[]) => parts.some((part) => path.includes(part));
      if (has(this.missing)) response.writeHead(404).end();
      else if (has(this.late)) this.#waiting.push(() => void this.#answer(path, response));
      else void this.#answer(path, response);
    });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  answerLate(): void {
    this.late = [];
    for (const answer of this.#waiting.splice(0)) answer();
  }

  /** Nobody can reach it any more. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    const file = path === '/' ? '/index.html' : normalize(path);
    const own = this.pages[path];
    const headers = {
      'content-type': TYPES[own === undefined ? extname(file) : '.html'] ?? 'text/plain',
      // As the usual hosts have it: a browser asks again whether its copy still holds.
      'cache-control': 'no-cache',
      ...(this.policy === null ? {} : { 'content-security-policy': this.policy }),
    };
    try {
      const body = own ?? (await readFile(join(this.#folder, file)));
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
}
