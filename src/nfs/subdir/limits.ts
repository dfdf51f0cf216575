import { isQualifiedName } from '../../kube/names';
import { didYouMean } from '../../kube/nearest';
import { relativePathProblem } from '../../kube/paths';
import { alternatives, show } from '../../kube/show';

/**
 * What the provisioner does with a volume's folder when the volume is deleted; it goes before
 * `archiveOnDelete`, and any other text counts for nothing.
 *
 * Source: nfs-subdir-external-provisioner v4.0.2, provisioner.go, Delete.
 */
export const NFS_SUBDIR_ON_DELETE = ['delete', 'retain'] as const;

/** What the provisioner does with a volume's folder when the volume is deleted. */
export type NfsSubdirOnDelete = (typeof NFS_SUBDIR_ON_DELETE)[number];

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
