import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CLUSTER_SCOPED_KINDS } from '../kube/objects';
import { refuse } from '../kube/storage-error';

/** What may exist once in a cluster, by its key; and who has it. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Objects whose names were taken when they were made. */
const named = new WeakSet<IConstruct>();

/** Identifies an object in a cluster; objects without a namespace share one that is unknown. */
interface ObjectIdentity {
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
 * @param part - the part of the construct that takes it, where it has several
 * @throws StorageError `Duplicate` where another construct or part has it
 */
export function takeOnce(
  scope: IConstruct,
  path: string,
  key: string,
  description: string,
  remedy: string,
  part = '',
): void {
  const holder = take(scope.node.root, part === '' ? path : `${path} ${part}`, key);
  if (holder !== undefined) {
    refuse('Duplicate', path, `${description} is already made by '${holder}'; ${remedy}`);
  }
}

/**
 * Takes an object's name.
 *
 * @param nameProp - the prop that names the object, for the message
 * @throws StorageError `Duplicate` where another construct of the app makes the same object
 */
export function takeName(object: ApiObject, owner: IConstruct, nameProp: string): void {
  const identity = identityOf(object);
  const { path } = owner.node;
  const holder = take(owner.node.root, path, keyOf(identity));
  if (holder !== undefined) {
    refuse(
      'Duplicate',
      path,
      `${describe(identity)} is already made by '${holder}'; give one of them another '${nameProp}'`,
    );
  }
  named.add(object);
}

/** Takes a key for a path; returns who has it where that is another path. */
function take(root: IConstruct, path: string, key: string): string | undefined {
  let ofApp = taken.get(root);
  if (ofApp === undefined) {
    ofApp = new Map();
    taken.set(root, ofApp);
    // Objects that this library did not make are seen when the app is synthesized.
    root.node.addValidation({ validate: () => refuseDuplicates(root) });
  }
  const holder = ofApp.get(key);
  if (holder !== undefined && holder !== path) {
    return holder;
  }
  ofApp.set(key, path);
  return undefined;
}

// Runs once per chart and once more (cdk8s validates the whole app each time), so it stays one pass,
// and passes over the objects whose names were taken when they were made.
function refuseDuplicates(root: IConstruct): string[] {
  const foreign = new Map<string, string>();
  for (const construct of root.node.findAll()) {
    if (named.has(construct) || !ApiObject.isApiObject(construct)) {
      continue;
    }
    const identity = identityOf(construct);
    const key = keyOf(identity);
    const holder = taken.get(root)?.get(key) ?? foreign.get(key);
    if (holder !== undefined) {
      refuse(
        'Duplicate',
        construct,
        `${describe(identity)} is already made by '${holder}'; give one of them another name`,
      );
    }
    foreign.set(key, construct.node.path);
  }
  return [];
}

function identityOf({ apiGroup, kind, name, metadata }: ApiObject): ObjectIdentity {
  return { apiGroup, kind, name, namespace: metadata.namespace };
}

function keyOf({ apiGroup, kind, namespace, name }: ObjectIdentity): string {
  return `${apiGroup}/${kind}/${CLUSTER_SCOPED_KINDS.has(kind) ? '' : (namespace ?? '')}/${name}`;
}

function describe({ kind, namespace, name }: ObjectIdentity): string {
  const where =
    CLUSTER_SCOPED_KINDS.has(kind) || namespace === undefined ? '' : ` in '${namespace}'`;
  return `${kind} '${name}'${where}`;
}
