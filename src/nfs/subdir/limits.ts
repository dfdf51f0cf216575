import type { Labels } from '../../kube/label-selector';
import { isQualifiedName } from '../../kube/names';
import { didYouMean } from '../../kube/nearest';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { relativePathProblem } from '../../kube/paths';
import { alternatives, show } from '../../kube/show';

/**
 * Parameters of a StorageClass that nfs-subdir-external-provisioner reads; it ignores any other.
 *
 * Source: nfs-subdir-external-provisioner v4.0.2, README, "Parameters".
 */
const NFS_SUBDIR_PARAMETERS = ['archiveOnDelete', 'onDelete', 'pathPattern'] as const;

/**
 * What the provisioner does with a volume's folder when the volume is deleted; it goes before
 * `archiveOnDelete`, and any other text counts for nothing.
 *
 * Source: nfs-subdir-external-provisioner v4.0.2, provisioner.go, Delete.
 */
export const NFS_SUBDIR_ON_DELETE = ['delete', 'retain'] as const;

/** What the provisioner does with a volume's folder when the volume is deleted. */
export type NfsSubdirOnDelete = (typeof NFS_SUBDIR_ON_DELETE)[number];

/** What Go reads as true or false (strconv.ParseBool). */
const GO_BOOLEANS = [
  ...['1', 't', 'T', 'TRUE', 'true', 'True'],
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'],
];

const NAME = '${.PVC.name}';
const NAMESPACE = '${.PVC.namespace}';
const FAMILIES = { label: '${.PVC.labels.', annotation: '${.PVC.annotations.' } as const;

/**
 * What a path pattern can have in it, where `<key>` is the key of a label or an annotation.
 *
 * Source: nfs-subdir-external-provisioner v4.0.2, README, "Parameters".
 */
const NFS_SUBDIR_PLACEHOLDERS = [
  NAME,
  NAMESPACE,
  `${FAMILIES.label}<key>}`,
  `${FAMILIES.annotation}<key>}`,
] as const;

/** How a path pattern is used. */
export interface PathPatternUse {
  /** Whether folders stay when their volumes are deleted: `onDelete` is `retain`. */
  readonly retains: boolean;

  /** Whether claims may share a folder, or choose any by an annotation. */
  readonly allowUnsafe: boolean;
}

/**
 * What is wrong with a path pattern, or undefined where nothing is.
 *
 * Source of the hazards: nfs-subdir-external-provisioner v4.0.2, provisioner.go: Provision joins
 * what the pattern renders to the share's root, and Delete takes the last part of the path alone.
 */
export function pathPatternProblem(pattern: string, use: PathPatternUse): string | undefined {
  return (
    placeholderProblem(pattern) ??
    relativePathProblem(pattern) ??
    stepBackProblem(pattern) ??
    emptyProblem(pattern) ??
    (use.retains ? undefined : nestingProblem(pattern)) ??
    (use.allowUnsafe ? undefined : sharingProblem(pattern))
  );
}

/**
 * What is wrong with the parameters of a StorageClass of nfs-subdir-external-provisioner: what it
 * fails on, what it ignores, and what loses data.
 */
export function nfsSubdirParameterProblems(parameters: Labels): readonly ParameterProblem[] {
  const { archiveOnDelete, onDelete, pathPattern } = parameters;
  const problems: ParameterProblem[] = Object.keys(parameters)
    .filter((key) => !(NFS_SUBDIR_PARAMETERS as readonly string[]).includes(key))
    .map((key) => ({ parameter: key, problem: ignored(key), refused: false }));
  if (archiveOnDelete !== undefined && !GO_BOOLEANS.includes(archiveOnDelete)) {
    const problem = `must be 'true' or 'false', got ${show(archiveOnDelete)}: the provisioner would fail to delete volumes`;
    problems.push({ parameter: 'archiveOnDelete', problem, refused: false });
  }
  if (onDelete !== undefined && !(NFS_SUBDIR_ON_DELETE as readonly string[]).includes(onDelete)) {
    const problem = `must be ${alternatives(NFS_SUBDIR_ON_DELETE)}, got ${show(onDelete)}: the provisioner would go by 'archiveOnDelete'`;
    problems.push({ parameter: 'onDelete', problem, refused: false });
  }
  if (pathPattern !== undefined) {
    const use = { retains: onDelete === 'retain', allowUnsafe: false };
    const problem = pathPatternProblem(pathPattern, use);
    if (problem !== undefined) {
      problems.push({ parameter: 'pathPattern', problem, refused: false });
    }
  }
  return problems;
}

function ignored(key: string): string {
  return `is no parameter of the provisioner, which ignores it${didYouMean(key, NFS_SUBDIR_PARAMETERS) || `; it takes ${alternatives(NFS_SUBDIR_PARAMETERS)}`}`;
}

// The provisioner renders a placeholder that it does not know as nothing.
function placeholderProblem(pattern: string): string | undefined {
  const unknown = (pattern.match(/\$\{[^}]*\}?/g) ?? []).find((found) => !isKnown(found));
  return unknown === undefined
    ? undefined
    : `must have no placeholders but ${alternatives(NFS_SUBDIR_PLACEHOLDERS)}, got ${show(unknown)}${isOfFamily(unknown) ? '' : didYouMean(unknown, [NAME, NAMESPACE])}`;
}

function isKnown(placeholder: string): boolean {
  return (
    placeholder === NAME ||
    placeholder === NAMESPACE ||
    (isOfFamily(placeholder) &&
      placeholder.endsWith('}') &&
      isQualifiedName(placeholder.replace(/^\$\{\.PVC\.\w+\./, '').slice(0, -1)))
  );
}

function isOfFamily(placeholder: string): boolean {
  return Object.values(FAMILIES).some((family) => placeholder.startsWith(family));
}

/** The pattern for a claim that has none of the labels and annotations. */
function barest(pattern: string): string {
  return pattern
    .replaceAll(NAME, 'x')
    .replaceAll(NAMESPACE, 'x')
    .replace(/\$\{[^}]*\}/g, '');
}

function stepBackProblem(pattern: string): string | undefined {
  return barest(pattern).split('/').includes('..')
    ? `must not have '..' in it, got ${show(pattern)}, which is that for a claim without the label or annotation`
    : undefined;
}

function emptyProblem(pattern: string): string | undefined {
  return /[^./]/.test(barest(pattern))
    ? undefined
    : `must have '${NAME}', '${NAMESPACE}' or text in it, got ${show(pattern)}: for a claim without that label or annotation it is empty, and the volume the whole share`;
}

function nestingProblem(pattern: string): string | undefined {
  if (barest(pattern).includes('/')) {
    return `must not have '/' in it unless 'onDelete' is 'retain', got ${show(pattern)}: the provisioner deletes by the last part of the path alone, leaves this folder and takes another of that name`;
  }
  return pattern.includes(FAMILIES.annotation)
    ? `must have no annotations in it unless 'onDelete' is 'retain', got ${show(pattern)}: with '/' in one the provisioner deletes another folder`
    : undefined;
}

function sharingProblem(pattern: string): string | undefined {
  if (!pattern.includes(NAME) || !pattern.includes(NAMESPACE)) {
    return `must have '${NAMESPACE}' and '${NAME}' in it, got ${show(pattern)}: claims would share a folder`;
  }
  return pattern.includes(FAMILIES.annotation)
    ? `must have no annotations in it, got ${show(pattern)}: with '..' in one a claim takes any folder of the share`
    : undefined;
}
