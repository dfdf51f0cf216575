import { isAtLeast } from '../../planner/kubernetes-version';
import { isLive } from '../../planner/metadata';
import { objectAt, type PlainObject } from '../../planner/plain-object';
import { type NewerVersion, newerVersion } from '../api/newer-versions';
import type { Facts } from '../facts';
import { NewerFields, type NewerPlace } from '../newer-places';
import type { Path } from '../pod-volumes';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

export const apiTooNew: Rule = {
  id: 'api-too-new',
  severity: 'warning',
  summary: 'the object uses what this version of Kubernetes does not have yet',
  why: `A new field goes through two stages before everybody has it. A version that does not know
it refuses the object when \`kubectl apply\` sends it, and drops the field when a client does that
asks for less care. A version in which its feature gate is off drops it without a word: the object
is there, and what the field was to do never happens. An API version that is not served is refused
as a whole. Without a version to plan for it is told as info, since one is then assumed.`,
  source:
    'Kubernetes, pkg/features/kube_features.go, pkg/api/pod/util.go, and "Deprecated API Migration Guide"',
  options: { kubernetes: '1.33' },
  bad: `
apiVersion: storage.k8s.io/v1
kind: VolumeAttributesClass
metadata:
  name: silver
driverName: ebs.csi.aws.com
parameters: { iops: "4000" }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: main
      image: registry.example.com/shop:1.4.2
      volumeMounts: [{ name: assets, mountPath: /assets }]
  volumes:
    - name: assets
      image: { reference: "registry.example.com/assets:7" }
`,
  good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  initContainers:
    - name: copy
      image: registry.example.com/assets:7
      command: [cp, -r, /files, /assets]
      volumeMounts: [{ name: assets, mountPath: /assets }]
  containers:
    - name: main
      image: registry.example.com/shop:1.4.2
      volumeMounts: [{ name: assets, mountPath: /assets, readOnly: true }]
  volumes:
    - name: assets
      emptyDir: {}
`,
  *check(facts) {
    const { inventory, version } = facts;
    const fields = new NewerFields(version);
    for (const object of inventory.planned) {
      const newer = newerVersion(object, version);
      const places = newer === undefined ? fields.of(object) : [];
      // What the API server has taken is as it left it.
      if ((newer === undefined && places.length === 0) || isLive(objectAt(object, 'metadata'))) {
        continue;
      }
      const finding =
        newer === undefined ? ofFields(object, places, facts) : ofVersion(object, newer, facts);
      if (finding !== undefined) {
        yield facts.context.assumed ? guessed(finding, facts) : finding;
      }
    }
  },
};

function guessed(finding: RuleFinding, { version }: Facts): RuleFinding {
  const message = `${finding.message} (${version} is assumed, no version was given)`;
  return { ...finding, severity: 'info', message };
}

function ofVersion(object: PlainObject, newer: NewerVersion, { version }: Facts): RuleFinding {
  const { apiVersion, kind } = object;
  const { known, stable = { apiVersion: String(apiVersion), since: known } } = newer;
  const isKnown = isAtLeast(version, known);
  const when = isKnown
    ? 'which no version serves unless it is switched on'
    : `which is not served before Kubernetes ${known}`;
  const serves = isAtLeast(version, stable.since);
  return {
    object,
    severity: isKnown ? 'warning' : 'error',
    message: `${titleOf(object)} is of ${apiVersion}, ${when}: no matches for kind "${kind}" in version "${apiVersion}"`,
    fix: serves
      ? `set apiVersion: ${stable.apiVersion}`
      : `leave it away, or move to Kubernetes ${stable.since} with apiVersion: ${stable.apiVersion}`,
    path: ['apiVersion'],
  };
}

function ofFields(
  object: PlainObject,
  places: readonly NewerPlace[],
  { version }: Facts,
): RuleFinding | undefined {
  const unknown = places.filter(({ field }) => !isAtLeast(version, field.known ?? version));
  const [first] = unknown.length > 0 ? unknown : places.filter((place) => !isIdle(place));
  if (first === undefined) {
    return undefined;
  }
  const { field, path } = first;
  const { since, gate, without } = field;
  const at = textOf(path);
  const fix = `drop ${at}, or move to Kubernetes ${since}`;
  return unknown.length > 0
    ? {
        object,
        severity: 'error',
        message: `${titleOf(object)} has ${at}, which Kubernetes does not know before ${field.known}: kubectl apply refuses it with strict decoding error: unknown field "${at}", and a client that asks for less care loses it (${without})`,
        fix,
        path,
      }
    : {
        object,
        message: `${titleOf(object)} has ${at}, which Kubernetes drops without a word before ${since}, unless the feature gate ${gate} is on: ${without}`,
        fix,
        path,
      };
}

function isIdle({ field, value }: NewerPlace): boolean {
  return field.idle !== undefined && value === field.idle;
}

/** A path as Kubernetes writes it, such as `spec.volumes[0].image`. */
function textOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}
