import { IGNORE_ANNOTATION } from '../kube/ignore-annotation';
import { CLUSTER_SCOPED_KINDS } from '../kube/objects';
import { DEFAULT_NAMESPACE, WORKLOAD_GROUPS } from '../planner/inventory';
import { annotationOf } from '../planner/metadata';
import { isPlainObject, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { Finding, Severity } from '../planner/plan';
import type { Facts } from './facts';
import type { Rule, RuleFinding } from './rule';

/** Where an object comes from: a place in a text, or a construct. */
export type Place = Pick<Finding, 'file' | 'line' | 'construct'>;

/** How findings are told. */
export interface Telling {
  /** Ids of rules that are left out. */
  readonly ignore?: readonly string[];

  /** Where an object, or a field of it, begins. */
  readonly placeOf?: (object: unknown, path?: readonly (string | number)[]) => Place | undefined;
}

/** What is behind the message of a finding that holds only where the whole cluster is known. */
const OPEN = 'not in the input; if the cluster has it, pass --existing';

/** What the rules find, in the order of the objects and, on one object, of the rules. */
export function runRules(facts: Facts, rules: readonly Rule[], telling: Telling): Finding[] {
  const ignored = new Set(telling.ignore);
  const found = new Map<unknown, { rule: Rule; finding: RuleFinding }[]>();
  for (const rule of rules.filter(({ id }) => !ignored.has(id))) {
    for (const finding of rule.check(facts)) {
      const { object } = finding;
      const known = found.get(object);
      if (known === undefined) {
        found.set(object, [{ rule, finding }]);
      } else if (known.every((each) => each.rule !== rule)) {
        known.push({ rule, finding });
      }
    }
  }
  const findings: Finding[] = [];
  // What exists is not what the user is about to apply; what cannot be read is told last.
  const unreadable = facts.inventory.problems.map(({ object }) => object);
  for (const object of new Set([...ordered(facts, found), ...unreadable])) {
    const silenced = silencedOn(object);
    for (const { rule, finding } of found.get(object) ?? []) {
      if (!silenced.has(rule.id)) {
        findings.push(told(rule, finding, facts, telling));
      }
    }
  }
  return findings;
}

// The objects with findings in the order in which they came.
function ordered(
  { inventory }: Facts,
  found: ReadonlyMap<unknown, unknown>,
): readonly PlainObject[] {
  return found.size === 0 ? [] : inventory.planned.filter((object) => found.has(object));
}

function silencedOn(object: unknown): ReadonlySet<string> {
  const metadata = isPlainObject(object) ? objectAt(object, 'metadata') : {};
  const ids = annotationOf(metadata, IGNORE_ANNOTATION) ?? '';
  return new Set(ids.split(',').map((id) => id.trim()));
}

function told(rule: Rule, finding: RuleFinding, facts: Facts, { placeOf }: Telling): Finding {
  const { object, fix, path } = finding;
  const open = (finding.closed ?? rule.closed ?? false) && !facts.closed;
  const severity: Severity = open ? 'info' : (finding.severity ?? rule.severity);
  return {
    rule: rule.id,
    severity,
    object: titleOf(object),
    ...placeOf?.(object, path),
    message: open ? `${finding.message} (${OPEN})` : finding.message,
    fix,
  };
}

/**
 * Kind, namespace and name of an object, such as `PersistentVolumeClaim shop/uploads`.
 *
 * What lives in a namespace and names none is called by the one in which it is planned, as claims
 * are in every message.
 */
export function titleOf(object: unknown): string {
  if (!isPlainObject(object)) {
    return 'no object';
  }
  const metadata = objectAt(object, 'metadata');
  const kind = nameAt(object, 'kind') ?? 'object';
  const name = nameAt(metadata, 'name') ?? nameAt(metadata, 'generateName');
  const namespace = namespaceOf(kind, metadata);
  return name === undefined ? `${kind} without a name` : [kind, scoped(namespace, name)].join(' ');
}

// A volume is in none, whatever it says; of other kinds nobody here knows where they live.
function namespaceOf(kind: string, metadata: PlainObject): string | undefined {
  if (CLUSTER_SCOPED_KINDS.has(kind)) {
    return undefined;
  }
  const isNamespaced = kind === 'PersistentVolumeClaim' || Object.hasOwn(WORKLOAD_GROUPS, kind);
  return nameAt(metadata, 'namespace') ?? (isNamespaced ? DEFAULT_NAMESPACE : undefined);
}

function scoped(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
