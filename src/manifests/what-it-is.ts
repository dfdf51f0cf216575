/** What the value of a document is to Kubernetes. */
export type WhatItIs =
  /** An object, or a kubectl List. */
  | 'manifest'
  /** Nothing, as between two markers. */
  | 'empty'
  /** An object that lacks its kind or its API version. */
  | 'malformed'
  /** A text, a number or a boolean at the top: no file of any use holds that. */
  | 'scalar'
  /** Data of another kind: the values of a Helm chart, a pipeline, a list of patches. */
  | 'other'
  /** What Kustomize builds from. */
  | 'kustomization'
  /** A manifest whose names are still to be filled in. */
  | 'template';

/** Tells manifests from what else is written in YAML and JSON. */
export function whatItIs(value: unknown): WhatItIs {
  if (value === null || value === undefined) {
    return 'empty';
  }
  if (typeof value !== 'object') {
    return 'scalar';
  }
  if (Array.isArray(value)) {
    return 'other';
  }
  const { apiVersion, kind, metadata } = value as Readonly<Record<string, unknown>>;
  const versioned = isName(apiVersion);
  if (versioned && apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return 'kustomization';
  }
  if (!versioned && !isName(kind)) {
    return 'other';
  }
  if (!versioned || !isName(kind)) {
    return 'malformed';
  }
  return hasTemplatedName(kind, metadata) ? 'template' : 'manifest';
}

/** What is wrong with a document that is no manifest, in the planner's words. */
export function problemOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return `expected a Kubernetes object, got a ${typeof value}`;
  }
  if (Array.isArray(value)) {
    return 'expected a Kubernetes object, got a list';
  }
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  const missing = [isName(apiVersion) ? [] : 'apiVersion', isName(kind) ? [] : 'kind'].flat();
  return `expected a Kubernetes object, got no ${missing.join(' and no ')}`;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

// No object can be applied under a name with braces, so this one is not meant to be.
function hasTemplatedName(kind: string, metadata: unknown): boolean {
  const { name, namespace } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  return [kind, name, namespace].some((text) => typeof text === 'string' && text.includes('{{'));
}
