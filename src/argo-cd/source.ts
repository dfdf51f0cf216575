import type { ApplicationSpecSource } from '../../imports/argoproj.io';
import { isDnsSubdomain } from '../kube/names';
import { relativePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/** A folder of rendered manifests in a Git repository. */
export interface ArgoFolderSource {
  /**
   * Address of the repository, such as `'https://git.example.com/shop.git'`; without user and
   * password, which Argo CD reads from a Secret labelled `argocd.argoproj.io/secret-type: repository`.
   */
  readonly repoUrl: string;

  /** The folder with the manifests, from the root of the repository: `'dist'`, or `'.'`. */
  readonly path: string;

  /**
   * A branch, a tag or a commit.
   *
   * @default 'HEAD', the repository's default branch
   */
  readonly revision?: string;

  /**
   * Pattern of the files that are read.
   *
   * Of what `cdk8s synth` writes, `construct-metadata.json` is no manifest: a sync that reads it
   * fails.
   *
   * @default '*.k8s.yaml'
   */
  readonly include?: string;

  /** A folder has no chart. */
  readonly chart?: never;

  /** A folder has no chart. */
  readonly version?: never;

  /** A folder has no values: the manifests are rendered. */
  readonly values?: never;

  /** A folder has no release. */
  readonly releaseName?: never;
}

/** A Helm chart from a repository of charts. */
export interface ArgoChartSource {
  /**
   * Address of the repository, such as `'https://helm.goharbor.io'`; one in an OCI registry without
   * `oci://`, such as `'registry.example.com/charts'`.
   */
  readonly repoUrl: string;

  /** Name of the chart. */
  readonly chart: string;

  /** Version of the chart, one and no range: the same commit renders the same objects. */
  readonly version: string;

  /**
   * Values of the chart: plain data. A password does not belong here, but into a Secret that the
   * chart is told the name of.
   *
   * @default - the chart's own
   */
  readonly values?: object;

  /**
   * Name of the Helm release, a DNS subdomain of at most 53 characters.
   *
   * @default - the Application's name
   */
  readonly releaseName?: string;

  /** A chart is found by its name, not by a folder. */
  readonly path?: never;

  /** A chart has a version. */
  readonly revision?: never;

  /** A chart's files are all read. */
  readonly include?: never;
}

/** Where an Application's manifests come from. */
export type ArgoSource = ArgoFolderSource | ArgoChartSource;

const ADDRESS: types.PropType = {
  expected: "the address of a repository, such as 'https://git.example.com/shop.git'",
  accepts: (value) => typeof value === 'string' && /^\S+$/.test(value),
};

const FOLDER_SOURCE: Readonly<Record<string, types.PropType>> = {
  repoUrl: ADDRESS,
  path: types.text,
  revision: types.optional(types.text),
  include: types.optional(types.text),
};

/** Longest name of a release, in characters (Helm, pkg/chartutil/validate_name.go). */
const RELEASE_NAME_LIMIT = 53;

const RELEASE_NAME: types.PropType = {
  expected: `a DNS subdomain (lower case letters, digits, '-' and '.', at most ${RELEASE_NAME_LIMIT})`,
  accepts: (value) =>
    typeof value === 'string' && value.length <= RELEASE_NAME_LIMIT && isDnsSubdomain(value),
};

const CHART_SOURCE: Readonly<Record<string, types.PropType>> = {
  repoUrl: ADDRESS,
  chart: types.text,
  version: types.text,
  values: types.optional(
    types.secret({ expected: 'an object with the values of the chart', accepts: types.isObject }),
  ),
  releaseName: types.optional(RELEASE_NAME),
};

// Semantic Versioning 2.0.0, which the versions of charts follow; Helm takes a `v` before it.
const VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * Refuses a source that is neither a folder nor a chart, or a mix of both.
 *
 * @throws StorageError `SourceMixed`, `SourcePath`, `SourceCredentials`, `ChartRepository`,
 * `ChartVersion`, `ChartValues`, `ChartPassword`, `ReleaseName`, `PropMissing`, `PropType`,
 * `PropUnknown`
 */
export function checkSource(place: string, what: string, name: string, source: ArgoSource): void {
  const { path, chart } = source;
  if ((path === undefined) === (chart === undefined)) {
    refuse(
      'SourceMixed',
      place,
      `'source' must have 'path', for a folder of manifests, or 'chart', for a Helm chart, got ${path === undefined ? 'neither' : 'both'}`,
    );
  }
  if (path !== undefined) {
    types.checkProps(place, what, source, FOLDER_SOURCE, 'source');
    checkAddress(place, source.repoUrl);
    checkFolder(place, path);
  } else {
    types.checkProps(place, what, source, CHART_SOURCE, 'source');
    checkAddress(place, source.repoUrl);
    checkChart(place, name, source);
  }
}

// `git@` of SSH is no secret; over HTTP a token may stand in the place of the user.
const CREDENTIALS = /^(?:https?:\/\/[^/?#]*@|[^/?#]*:\/\/[^/?#@]*:[^/?#]*@)/i;

// Argo CD, "Declarative Setup", Repositories.
function checkAddress(place: string, repoUrl: string): void {
  if (CREDENTIALS.test(repoUrl)) {
    refuse(
      'SourceCredentials',
      place,
      `'source.repoUrl' must name no user and no password, got ${show(repoUrl)}; put them into a Secret labelled argocd.argoproj.io/secret-type: repository`,
    );
  }
}

function checkFolder(place: string, path: string): void {
  const problem = relativePathProblem(path);
  if (problem !== undefined) {
    refuse('SourcePath', place, `'source.path' ${problem}`);
  }
}

function checkChart(
  place: string,
  name: string,
  { repoUrl, version, values, releaseName = name }: ArgoChartSource,
): void {
  // Argo CD, "Helm": a chart in an OCI registry is named without the scheme.
  if (repoUrl.startsWith('oci://')) {
    const bare = repoUrl.slice('oci://'.length);
    refuse(
      'ChartRepository',
      place,
      `'source.repoUrl' of a chart must have no 'oci://', got ${show(repoUrl)}; write ${show(bare)}`,
    );
  }
  if (!VERSION.test(version)) {
    refuse(
      'ChartVersion',
      place,
      `'source.version' must be one version such as '1.19.1', got ${show(version)}; a range installs another chart one day, without a commit`,
    );
  }
  if (!RELEASE_NAME.accepts(releaseName)) {
    refuse(
      'ReleaseName',
      place,
      `the name of the release must be ${RELEASE_NAME.expected}, got ${show(releaseName)}; set 'source.releaseName'`,
    );
  }
  checkPlain(place, 'source.values', values);
}

// What stands for a variable or a template is none.
const PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:[^\s/?#@$<{]+@/i;

// No value is shown: it may be a password.
export function checkPlain(
  place: string,
  prop: string,
  value: unknown,
  around: readonly unknown[] = [],
): void {
  if (around.includes(value)) {
    refuse('ChartValues', place, `'${prop}' must not hold itself: no manifest has an end then`);
  }
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      checkPlain(place, `${prop}[${index}]`, element ?? null, [...around, value]);
    }
  } else if (isPlainObject(value)) {
    for (const [key, entry] of Object.entries(value)) {
      checkPlain(place, `${prop}.${key}`, entry, [...around, value]);
    }
  } else if (typeof value === 'string' && PASSWORD.test(value)) {
    refuse(
      'ChartPassword',
      place,
      `'${prop}' must be an address without a password, it would lie in Git for all who read it; use a Secret`,
    );
  } else if (value === null) {
    refuse(
      'ChartValues',
      place,
      `'${prop}' must not be null: no manifest keeps it, and the chart's own value would stay; say the value that is meant`,
    );
  } else if (!['undefined', 'string', 'boolean'].includes(typeof value) && !isNumber(value)) {
    refuse(
      'ChartValues',
      place,
      `'${prop}' must be text, a number, true or false, a list or a plain object, got a value of type ${typeof value}`,
    );
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

// As cdk8s tells them from others when it renders.
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return types.isObject(value) && value.constructor?.name === 'Object';
}

/** The source as the Application has it. */
export function renderSource(source: ArgoSource): ApplicationSpecSource {
  const { repoUrl } = source;
  if (source.path !== undefined) {
    const { path, revision = 'HEAD', include = '*.k8s.yaml' } = source;
    return { repoUrl, targetRevision: revision, path, directory: { include } };
  }
  const { chart, version, values, releaseName } = source;
  return {
    repoUrl,
    targetRevision: version,
    chart,
    ...((values ?? releaseName) !== undefined && {
      helm: {
        ...(releaseName !== undefined && { releaseName }),
        ...(values !== undefined && { valuesObject: values }),
      },
    }),
  };
}
