// Measures two variants against each other, in processes of their own.
//
// Times are of the processor, not of the clock, so that other processes on the machine count little.
// Both variants run in each process and take turns, and the best round of each counts: what slows a
// round, such as a collection of the other one's garbage, is not what the variant costs. A forced
// collection in between would be worse: V8 then forgets what it has optimized.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const RUNS = 5;
const START_UPS = 15;
const LEAST_ROUNDS = 2;
/** Constructs of each variant that a process builds, where that takes more than the least rounds. */
const BUILT = 4_000;
const PLANS = 3;
const PLAN_ROUNDS = 2;
const TIMER = fileURLToPath(new URL('report-processor-time.cjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../lib/src/cli/main.js', import.meta.url));
const PARSER = "require('commander')";
const WARM_UPS = 3;
const WARM_UP_COUNT = 100;

/** Ratios of ours to plain, one per process, of a bench's file at a count: the best of a few rounds. */
export function pairs(file, count) {
  return runs(RUNS, (run) => {
    const { ours, plain } = child('build', file, count, orderOf(run));
    return ours / plain;
  });
}

/** Ratios of what taking names from two packages costs, each in a fresh process. */
export function startUp(ours, plain) {
  return runs(START_UPS, (run) => {
    const times = new Map();
    for (const taken of orderOf(run) === 'ours' ? [ours, plain] : [plain, ours]) {
      times.set(taken, child('take', taken.from, ...taken.names));
    }
    return times.get(ours) / times.get(plain);
  });
}

/** What planning a shape costs, in fresh processes: see plan.mjs. */
export function plans(shape, count) {
  return runs(PLANS, () => child('plan', shape, count, PLAN_ROUNDS));
}

/** Ratios of what the help of our command line costs to a process that loads its parser alone. */
export function helpTimes() {
  return runs(START_UPS, () => timeOfProcess(CLI, '--help') / timeOfProcess('-e', PARSER));
}

/** Processor time of each step of the main job, in milliseconds: see main-job.mjs. */
export function mainJobs() {
  return runs(RUNS, () => child('mainJob'));
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function runs(length, measure) {
  return Array.from({ length }, (_, run) => measure(run));
}

function orderOf(run) {
  return run % 2 === 0 ? 'ours' : 'plain';
}

/** Processor time of a whole process of node with these arguments. */
function timeOfProcess(...args) {
  const { output } = spawnSync(process.execPath, ['--require', TIMER, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  return Number(output[3]);
}

function child(...args) {
  const file = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [file, ...args.map(String)]));
}

/** Processor time of a call, in milliseconds. */
function timeOf(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

async function build(file, count, first) {
  const [bench] = Object.values(await import(file));
  for (let round = 0; round < WARM_UPS; round += 1) {
    bench.ours(WARM_UP_COUNT);
    bench.plain(WARM_UP_COUNT);
  }
  const order = first === 'ours' ? ['ours', 'plain'] : ['plain', 'ours'];
  const best = { ours: Number.POSITIVE_INFINITY, plain: Number.POSITIVE_INFINITY };
  const rounds = Math.max(LEAST_ROUNDS, BUILT / Number(count));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of order) {
      const time = timeOf(() => bench[variant](Number(count)));
      best[variant] = Math.min(best[variant], time);
    }
  }
  return best;
}

/** Requires a package and reads some of its names, which it may load only then. */
function take(name, ...names) {
  const require = createRequire(import.meta.url);
  return timeOf(() => {
    const taken = require(name);
    for (const each of names) {
      assert(taken[each] !== undefined, `${name} has no ${each}`);
    }
  });
}

async function mainJob() {
  return (await import('./main-job.mjs')).mainJob();
}

async function plan(...args) {
  return (await import('./plan.mjs')).plan(...args);
}

const CHILD = { build, take, plan, mainJob };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, ...args] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await CHILD[what](...args)));
}
