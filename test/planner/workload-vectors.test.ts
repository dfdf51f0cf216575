import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkloadAnswer } from '../../src/planner/plan';
import { judge, type TestObject } from './workload-cluster';

interface Vector {
  readonly id: number;
  readonly kind: string;
  readonly nodes: readonly { readonly name: string; readonly labels: Record<string, string> }[];
  readonly pvs: readonly TestObject[];
  readonly pvcs: readonly TestObject[];
  readonly deployment: TestObject;
  readonly outcome: { readonly up: boolean; readonly rolledOut?: boolean };
}

const file = join(__dirname, '../fixtures/workload-vectors/rollouts.jsonl');
const vectors = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line): Vector => JSON.parse(line));

const WAIT: TestObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'wait' },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};

test('there are vectors', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(100);
});

test.each(vectors)('$id: a Deployment over $kind does what the control plane did', (vector) => {
  const nodes = vector.nodes.map(
    ({ name, labels }): TestObject => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels },
    }),
  );
  const [verdict] = judge([WAIT, ...nodes, ...vector.pvs, ...vector.pvcs, vector.deployment]);
  const { up, rolledOut } = vector.outcome;
  expect(verdict).toMatchObject({
    runs: answer(up),
    // What is not up does not come up by a change of its template.
    rollsOut: answer(rolledOut ?? false),
  });
  expect(verdict?.message === undefined).toBe(up && rolledOut === true);
});

function answer(seen: boolean): WorkloadAnswer {
  return seen ? 'yes' : 'no';
}
