import { type JsonObject, listAt, objectAt, valueAt } from './json';
import type { ObjectRule } from './object-rules';

/** What must hold for an object that has a template of pods. */
export const workloadRules: ObjectRule = (object) => {
  const template = objectAt(object, 'spec', 'template');
  const pod = objectAt(template, 'spec');
  if (!Array.isArray(pod.containers)) {
    return [];
  }
  return [
    ...(object.kind === 'Job' ? [] : selectorProblems(object, template)),
    ...rollOutProblems(object),
    ...volumeProblems(object, pod),
  ];
};

/** The API server refuses a selector that does not match the pods that it is to count. */
function selectorProblems(object: JsonObject, template: JsonObject): readonly string[] {
  const wanted = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels'));
  const labels = objectAt(template, 'metadata', 'labels');
  if (wanted.length === 0) {
    return ['spec.selector.matchLabels is empty'];
  }
  return wanted
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) => `spec.selector wants ${key}=${value}, the pods have ${labels[key]}`);
}

function rollOutProblems(object: JsonObject): readonly string[] {
  const { maxSurge, maxUnavailable } = objectAt(object, 'spec', 'strategy', 'rollingUpdate');
  const none = (value: unknown) => value === 0 || value === '0' || value === '0%';
  return none(maxSurge) && none(maxUnavailable)
    ? ['spec.strategy.rollingUpdate: maxSurge and maxUnavailable are both zero']
    : [];
}

function volumeProblems(object: JsonObject, pod: JsonObject): readonly string[] {
  const volumes = [
    ...listAt(pod, 'volumes').map((volume) => valueAt(volume, 'name')),
    ...listAt(object, 'spec', 'volumeClaimTemplates').map((claim) =>
      valueAt(claim, 'metadata', 'name'),
    ),
  ];
  const twice = volumes.filter((name, index) => volumes.indexOf(name) !== index);
  const containers = [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')];
  return [
    ...twice.map((name) => `volume ${name} is there twice`),
    ...containers.flatMap((container) => mountProblems(objectAt(container), volumes)),
  ];
}

function mountProblems(container: JsonObject, volumes: readonly unknown[]): readonly string[] {
  const mounts = [...listAt(container, 'volumeMounts'), ...listAt(container, 'volumeDevices')];
  const paths = mounts.map((mount) => valueAt(mount, 'mountPath') ?? valueAt(mount, 'devicePath'));
  return [
    ...mounts
      .map((mount) => valueAt(mount, 'name'))
      .filter((name) => !volumes.includes(name))
      .map((name) => `container ${container.name} mounts ${name}, which is no volume of the pod`),
    ...paths
      .filter((path, index) => paths.indexOf(path) !== index)
      .map((path) => `container ${container.name} has two mounts at ${path}`),
  ];
}
