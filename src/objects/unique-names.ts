import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CLUSTER_SCOPED_KINDS } from '../kube/objects';
import { refuse } from '../kube/storage-error';

/** What may exist once in a cluster, by its key; and who has it. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Identifies an object in a cluster; objects without a namespace share one that is unknown. */
export interface ObjectIdentity {
  readonly apiGroup: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/**
 * Takes something that only one construct of an app may have.
 *
 * @param key - what is taken, unique among all that is taken
 * @param description - the same in words, for the message
 * @param remedy - what to do about it
 * @throws StorageError `Duplicate` where another construct has it
 */
export function takeOnce(
  scope: IConstruct,
  path: string,
  key: string,
  description: string,
  remedy: string,
): void {
  const { root } = scope.node;
  let ofApp = taken.get(root);
  if (ofApp === undefined) {
    ofApp = new Map();
    taken.set(root, ofApp);
    // Objects that this library did not make are seen when the app is synthesized.
    root.node.addValidation({ validate: () => refuseDuplicates(root) });
  }
  const holder = ofApp.get(key);
  if (holder !== undefined && holder !== path) {
    refuse('Duplicate', path, `${description} is already made by '${holder}'; ${remedy}`);
  }
  ofApp.set(key, path);
}

/**
 * Takes an object's name.
 *
 * @param nameProp - the prop that names the object, for the message
 * @throws StorageError `Duplicate` where another construct of the app makes the same object
 */
export function takeName(scope: IConstruct, identity: ObjectIdentity, nameProp: string): void {
  const remedy = `give one of them another '${nameProp}'`;
  takeOnce(scope, scope.node.path, keyOf(identity), describe(identity), remedy);
}

// Runs once per chart and once more (cdk8s validates the whole app each time), so it stays one pass.
function refuseDuplicates(root: IConstruct): string[] {
  const seen = new Map<string, string>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) {
      continue;
    }
    const { apiGroup, kind, name } = construct;
    const identity = { apiGroup, kind, name, namespace: construct.metadata.namespace };
    const key = keyOf(identity);
    const holder = seen.get(key);
    if (holder !== undefined) {
      refuse(
        'Duplicate',
        construct,
        `${describe(identity)} is already made by '${holder}'; give one of them another name`,
      );
    }
    seen.set(key, construct.node.path);
  }
  return [];
}

function keyOf({ apiGroup, kind, namespace, name }: ObjectIdentity): string {
  return `${apiGroup}/${kind}/${CLUSTER_SCOPED_KINDS.has(kind) ? '' : (namespace ?? '')}/${name}`;
}

function describe({ kind, namespace, name }: ObjectIdentity): string {
  const where =
    CLUSTER_SCOPED_KINDS.has(kind) || namespace === undefined ? '' : ` in '${namespace}'`;
  return `${kind} '${name}'${where}`;
}
