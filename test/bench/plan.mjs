// The planner with all its rules against `JSON.parse` of the same objects.
import { readFileSync } from 'node:fs';
import { planStorage } from 'cdk8s-storage';

const CLASSES = 8;
const TEAMS = 50;

/** Volumes and claims, as many of each; what is the same in all shapes. */
function objects(count, volume, claim) {
  return Array.from({ length: count }, (_, index) => [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${index}`, labels: { 'app.kubernetes.io/part-of': 'pool' } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '10Gi' },
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'pool',
        nfs: { server: '10.0.0.10', path: `/exports/${index}` },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `claim-${index}`, namespace: `team-${index % TEAMS}` },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'pool',
        resources: { requests: { storage: '5Gi' } },
      },
    },
  ]).flatMap(([first, second], index) => {
    Object.assign(first.metadata.labels, volume(index).labels);
    Object.assign(first.spec, volume(index).spec);
    Object.assign(second.spec, claim(index));
    return [first, second];
  });
}

const NOTHING = {};
const MODES = [['ReadWriteOnce'], ['ReadWriteOnce', 'ReadOnlyMany'], ['ReadWriteMany']];

/** What 100,000 volumes and 100,000 claims can look like, the worst of it included. */
export const SHAPES = {
  'several classes, half with selectors': (count) =>
    objects(
      count,
      (index) => ({
        labels: { tier: `tier-${index % 7}` },
        spec: {
          storageClassName: `class-${index % CLASSES}`,
          accessModes: MODES[index % MODES.length],
          capacity: { storage: `${10 + (index % 90)}Gi` },
        },
      }),
      (index) => ({
        storageClassName: `class-${index % CLASSES}`,
        resources: { requests: { storage: `${5 + (index % 60)}Gi` } },
        ...(index % 2 === 0 ? { selector: { matchLabels: { tier: `tier-${index % 5}` } } } : {}),
      }),
    ),
  'one class, equal sizes, one access mode': (count) =>
    objects(
      count,
      () => NOTHING,
      () => NOTHING,
    ),
  'every claim with a selector of its own': (count) =>
    objects(
      count,
      (index) => ({ labels: { disk: `disk-${index}` } }),
      (index) => ({ selector: { matchLabels: { disk: `disk-${index}` } } }),
    ),
};

/** Processor time of a call, in milliseconds, and what it gives. */
function timed(run) {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  return { time: (user + system) / 1_000, result };
}

/** Least times of reading and of planning, and the most memory that the process had. */
export function plan(shape, count, rounds) {
  const text = JSON.stringify(SHAPES[shape](Number(count)));
  const least = { parse: Number.POSITIVE_INFINITY, plan: Number.POSITIVE_INFINITY };
  let planned;
  for (let round = 0; round < Number(rounds); round += 1) {
    const parsed = timed(() => JSON.parse(text));
    planned = timed(() => planStorage(parsed.result));
    least.parse = Math.min(least.parse, parsed.time);
    least.plan = Math.min(least.plan, planned.time);
  }
  const { claims, findings } = planned.result;
  return {
    ...least,
    deterministic: claims.filter(({ deterministic }) => deterministic).length / claims.length,
    findings: findings.length,
    gigabytes: process.resourceUsage().maxRSS / 1024 / 1024,
  };
}

const RECORDED = ['dense.jsonl', 'sparse.jsonl'].map(
  (file) => new URL(`../fixtures/binding-vectors/${file}`, import.meta.url),
);

/** Share of the claims in the recorded scenarios, applied together, of which one end is certain. */
export function recordedShare() {
  const scenarios = RECORDED.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  const claims = scenarios.map(JSON.parse).flatMap(({ pvs, pvcs, defaultClass }) => {
    const existing = [
      ['external', 'ebs.csi.aws.com'],
      ['manual', NO_PROVISIONER],
    ].map(storageClass);
    return planStorage([...pvs, ...pvcs], { existing, defaultClass }).claims;
  });
  return claims.filter(({ deterministic }) => deterministic).length / claims.length;
}

const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

function storageClass([name, provisioner]) {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner };
}
