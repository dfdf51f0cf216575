// What this library costs beside cdk8s and cdk8s-plus, as ratios: `npm run bench`.
import assert from 'node:assert/strict';
import { check } from './check.mjs';
import { claims } from './claims.mjs';
import { ebsStorageClass } from './ebs-storage-class.mjs';
import { helpTimes, mainJobs, median, pairs, plans, startUp } from './measure.mjs';
import { nfsVolume } from './nfs-volume.mjs';
import { recordedShare, SHAPES } from './plan.mjs';
import { sharedUploadApp } from './shared-upload-app.mjs';
import { statefulApp } from './stateful-app.mjs';

const BENCHES = [nfsVolume, sharedUploadApp, statefulApp, ebsStorageClass, claims];

const FEW = 1_000;
const MANY = 4_000;
const GROWTH_BOUND = 1.15;
const START_UP_BOUND = 1.25;
const HELP_BOUND = 1.5;

/** Documents that `check` reads. */
const DOCUMENTS = 10_000;

/** Volumes that are planned, and as many claims. */
const VOLUMES = 100_000;
const PLAN_BOUND = 6;
const PLAN_GROWTH_BOUND = 12;
const PLAN_GIGABYTES = 1.5;

const rows = [];

for (const { file, name, bound, ours, plain, compared = (yaml) => yaml } of BENCHES) {
  // A ratio means something only where both write the same.
  assertSameLines(name, compared(ours(50)), compared(plain(50)));
  const few = median(pairs(file, FEW));
  report(`${FEW} ${name}`, few, bound);
  report(`${name}, growth from ${FEW} to ${MANY}`, median(pairs(file, MANY)) / few, GROWTH_BOUND);
}
report(
  'require',
  median(
    startUp(
      { from: 'cdk8s-storage', names: ['NfsVolume', 'SharedUploadApp'] },
      { from: 'cdk8s-plus-28', names: ['PersistentVolumeClaim', 'Deployment'] },
    ),
  ),
  START_UP_BOUND,
);
report('cdk8s-storage --help / its parser', median(helpTimes()), HELP_BOUND);
report(
  `check of ${DOCUMENTS} documents / loadAll`,
  median(pairs(check.file, DOCUMENTS)),
  check.bound,
);
const deterministic = Object.keys(SHAPES).map((shape) => {
  const all = plans(shape, VOLUMES);
  const tenth = plans(shape, VOLUMES / 10);
  const of = (runs, what) => median(runs.map(what));
  const time = of(all, ({ plan }) => plan);
  report(
    `plan / JSON.parse, ${VOLUMES}, ${shape}`,
    of(all, ({ plan, parse }) => plan / parse),
    PLAN_BOUND,
  );
  report(
    `plan, growth to ten times, ${shape}`,
    time / of(tenth, ({ plan }) => plan),
    PLAN_GROWTH_BOUND,
  );
  report(
    `plan, gigabytes, ${shape}`,
    of(all, ({ gigabytes }) => gigabytes),
    PLAN_GIGABYTES,
  );
  return { shape, deterministic: of(all, (run) => run.deterministic) };
});

const jobs = mainJobs();
const steps = Object.keys(jobs[0]).map((step) => ({
  step,
  milliseconds: Number(median(jobs.map((job) => job[step])).toFixed(1)),
}));

console.table(rows);
console.table(steps);
deterministic.push({ shape: 'recorded scenarios', deterministic: recordedShare() });
console.table(deterministic);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

function report(name, ratio, bound) {
  const rounded = Number(ratio.toFixed(3));
  rows.push({ name, ratio: rounded, bound, ok: rounded <= bound });
}

function assertSameLines(name, ours, plain) {
  const [lines, wanted] = [ours.split('\n'), plain.split('\n')];
  const at = lines.findIndex((line, index) => line !== wanted[index]);
  assert(
    ours === plain,
    `${name}: both must render the same; line ${at + 1} is '${lines[at]}' and '${wanted[at]}'`,
  );
}
