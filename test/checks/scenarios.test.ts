import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { planText } from '../../src/checks/plan-text';
import type { PlanOptions } from '../../src/planner/plan';

const folder = join(__dirname, '..', 'fixtures', 'scenarios');

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

/** Severity and rule of what is found in a scenario. */
function found(file: string, options?: PlanOptions): string[] {
  const { findings } = planText([{ file, text: textOf(file) }], options);
  return findings.map(({ severity, rule }) => `${severity} ${rule}`).sort();
}

/** What each walk-through gets wrong, as its README tells; counts included. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'emptydir-shared-logs.yaml': [],
  'hostpath-readonly.yaml': [],
  'kafka-ebs-dynamic.yaml': [
    'error api-removed',
    'error api-removed',
    'error api-removed',
    'error ebs-parameters-invalid',
    'error ebs-parameters-invalid',
    'warning legacy-class-annotation',
    'warning rwo-rollout-deadlock',
    'warning volume-plugin-removed',
    'warning volume-plugin-removed',
  ],
  'kafka-ebs-static.yaml': [
    'error api-removed',
    'warning rwo-rollout-deadlock',
    'warning volume-plugin-removed',
  ],
  'local-path-claim.yaml': ['info pvc-class-not-found'],
  'nfs-slow-class-volume.yaml': [],
  'nfs-static-uploads.yaml': [
    'error anti-affinity-namespace-excludes-self',
    'warning mutable-image-tag',
  ],
  'raw-block-claim.yaml': ['info default-class-implicit'],
};

it.each(Object.entries(FINDINGS))('finds in %s exactly what is wrong with it', (file, findings) => {
  expect(found(file)).toEqual(findings);
});

it('knows all scenarios', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(files.sort()).toEqual(Object.keys(FINDINGS).sort());
});

it('finds nothing wrong with a local-path claim where the cluster has the class', () => {
  const existing = [
    load(`{
      apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: local-path },
      provisioner: rancher.io/local-path, volumeBindingMode: WaitForFirstConsumer,
    }`),
  ];
  expect(found('local-path-claim.yaml', { existing })).toEqual([]);
  const { claims } = planText(textOf('local-path-claim.yaml'), { existing });
  expect(claims.map(({ outcomes }) => outcomes)).toEqual([['provisioned']]);
});
