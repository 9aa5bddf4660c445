import type { WorkerName } from '../../app/session/troubles.ts';
import type { Services, Workers, WorkersHearing, WorkersOf } from '../../app/session/workers.ts';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import {
  type ComputeService,
  type Frame,
  type GeometryService,
  type TrainingService,
  type TrainingStatus,
  WorkerGoneError,
} from '../../src/jobs/services.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { outputMaps } from '../../src/regions/linear/outputMaps.ts';
import { decisionBoundary } from '../../src/regions/measure/decisionBoundary.ts';
import { overviewOf } from '../../src/regions/measure/overview.ts';
import { boxRegionsInSteps } from '../../src/regions/query/boxRegions.ts';
import { DiscCount } from '../../src/regions/query/disc.ts';
import { Subdivision } from '../../src/regions/subdivide/subdivide.ts';
import { buildData, buildTrainer, ruleAt } from '../../src/settings/build.ts';
import { phaseUntil } from '../../src/settings/change.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { finish } from '../../src/steps.ts';
import { evaluate } from '../../src/training/evaluate.ts';
import type { Trainer } from '../../src/training/trainer.ts';

/** Trains in this thread, a step for every turn of it. */
export function trainingHere(): TrainingService {
  let run = -1;
  let settings: Settings;
  let trainer: Trainer;
  let data: ReturnType<typeof buildData>;
  let status: TrainingStatus = 'paused';
  let hear: (frame: Frame) => void | Promise<void> = () => {};
  const step = () => {
    trainer.configure(ruleAt(settings, trainer.stepsDone));
    if (trainer.step() === 'diverged') status = 'diverged';
  };
  const post = async () => {
    const net = trainer.snapshot();
    await hear({
      run,
      status,
      step: trainer.stepsDone,
      epoch: trainer.epochsDone,
      net,
      dead: false,
      train: evaluate(net, data.train),
      test: evaluate(net, data.test),
      evaluatedStep: trainer.stepsDone,
    });
  };
  return {
    async watch(onFrame) {
      hear = onFrame;
    },
    async start(id, next) {
      run = id;
      settings = next;
      data = buildData(next);
      trainer = buildTrainer(next);
      status = 'paused';
      while (trainer.stepsDone < next.steps) step();
      await post();
    },
    async configure(next) {
      const phase = phaseUntil(settings, trainer.stepsDone);
      settings = next;
      if (status === 'diverged') {
        status = 'paused';
        await post();
      }
      return { run, phase };
    },
    async setSpeed() {},
    async play() {
      status = 'playing';
      for (let turns = 0; (status as TrainingStatus) === 'playing' && turns < 1000; turns++) {
        step();
        await post();
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    async pause() {
      status = 'paused';
      await post();
    },
    async advance() {
      step();
      await post();
    },
    async rest() {},
  };
}

/** Draws and counts in this thread. */
export const geometryHere = (): GeometryService => ({
  async watch() {},
  async prepare() {},
  async subdivide(net, box, maxRegions) {
    const complex = new Subdivision(net, box, { maxRegions }).result();
    const maps = outputMaps(net, complex);
    const { count, label, changes } = linearRegions(net, complex, maps);
    const boundary = decisionBoundary(net, complex, maps);
    return { complex, linearCount: count, linearLabel: label, changes, boundary };
  },
  async hold() {},
  count: async (net, discs) => discs.map(({ x, y, r }) => new DiscCount(net, x, y, r).result()),
  async callOffCount() {},
  countBox: async (net, box, maxRegions) => finish(boxRegionsInSteps(net, box, maxRegions)),
  async callOffBox() {},
  overview: async (outlines) => overviewOf(outlines),
  async rest() {},
});

/** Bounds circles in this thread; fields and samples are of no interest. */
export const computeHere = (): ComputeService => ({
  async open(_prefer, _cores, onStatus) {
    onStatus({ backend: 'reference', description: 'this thread', rate: null, lastError: null });
  },
  async prepare() {},
  async watchFields() {},
  field: async () => null,
  async callOffField() {},
  sample: async () => null,
  async callOffSampling() {},
  ladder: async () => [],
  circles: async (net, discs) => discs.map(({ x, y, r }) => algorithmOne(net, [x, y], r)),
  async rest() {},
});

/** Workers in the test's own thread, and what a test wants to do to them. */
export class WorkersHere {
  readonly started: WorkerName[] = [];
  readonly ended: WorkerName[] = [];
  readonly #made: { readonly [Name in WorkerName]: () => Services[Name] };
  readonly #alive = new Set<WorkerName>();
  readonly #waiting = new Map<WorkerName, Set<(error: WorkerGoneError) => void>>();
  #hearing: WorkersHearing | null = null;

  constructor(made: Partial<{ readonly [Name in WorkerName]: () => Services[Name] }> = {}) {
    this.#made = {
      training: trainingHere,
      geometry: geometryHere,
      discs: geometryHere,
      compute: computeHere,
      ...made,
    };
  }

  /** To be handed to a session. */
  readonly start: WorkersOf = (hearing) => {
    this.#hearing = hearing;
    const names = Object.keys(this.#made) as WorkerName[];
    return Object.fromEntries(
      names.map((name) => [name, this.#worker(name)]),
    ) as unknown as Workers;
  };

  /** Calls that have not been answered. */
  get unanswered(): number {
    return [...this.#waiting.values()].reduce((sum, calls) => sum + calls.size, 0);
  }

  get alive(): readonly WorkerName[] {
    return [...this.#alive];
  }

  /** The browser closes a worker. */
  lose(name: WorkerName): void {
    this.#end(name);
    this.#hearing?.onFailure(name, { cause: 'ended', detail: '' });
  }

  #worker(name: WorkerName) {
    let service = {} as Record<string, (...call: unknown[]) => Promise<unknown>>;
    const start = () => {
      this.#end(name);
      service = this.#made[name]() as unknown as typeof service;
      this.#alive.add(name);
      this.#waiting.set(name, new Set());
      this.started.push(name);
    };
    const call = (method: string, args: unknown[]): Promise<unknown> => {
      const calls = this.#waiting.get(name);
      const answer = new Promise<unknown>((resolve, reject) => {
        if (!this.#alive.has(name)) return reject(new WorkerGoneError());
        calls?.add(reject);
        service[method](...args)
          .then(resolve, reject)
          .finally(() => calls?.delete(reject));
      });
      answer.catch(() => {});
      return answer;
    };
    start();
    const api = new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: unknown[]) =>
            call(String(method), args),
      },
    );
    const end = () => {
      this.#end(name);
      this.ended.push(name);
    };
    return { api, start, end };
  }

  #end(name: WorkerName): void {
    this.#alive.delete(name);
    for (const giveUp of this.#waiting.get(name) ?? []) giveUp(new WorkerGoneError());
    this.#waiting.get(name)?.clear();
  }
}
