import { customProblems } from './crd-schema';
import { isJsonObject, type JsonObject, objectAt } from './json';
import { kubernetesProblems } from './kubernetes-schema';
import { OBJECT_RULES, type ObjectRule } from './object-rules';
import { storageRules } from './storage-rules';
import { workloadRules } from './workload-rules';

const RULES: readonly ObjectRule[] = [...OBJECT_RULES, storageRules, workloadRules];

/**
 * Checks rendered objects against the schemas of their kinds, and against what this library
 * promises of every object that it renders.
 *
 * @returns one line per problem; none where all is well
 */
export function checkObjects(objects: readonly unknown[]): readonly string[] {
  const seen = new Set<string>();
  return objects.flatMap((object, index) => {
    if (!isJsonObject(object)) {
      return [`object ${index} is no object`];
    }
    const name = nameOf(object);
    const twice = seen.has(name) ? ['is there twice'] : [];
    seen.add(name);
    return [...twice, ...problemsOf(object)].map((problem) => `${name}: ${problem}`);
  });
}

function nameOf(object: JsonObject): string {
  const { name, namespace } = objectAt(object, 'metadata');
  const where = namespace === undefined ? '' : `${namespace}/`;
  return `${object.apiVersion} ${object.kind} ${where}${name}`;
}

function problemsOf(object: JsonObject): readonly string[] {
  const bySchema = kubernetesProblems(object) ?? customProblems(object);
  return [
    ...(bySchema ?? ['is of a kind without a schema']),
    ...RULES.flatMap((rule) => rule(object)),
  ];
}
