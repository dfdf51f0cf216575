import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { objectAt } from './json';

const ROOT = join(__dirname, '..', '..');

/** A file of manifests that is kept as it is rendered. */
export interface GoldenFile {
  /** Path from the root of the project, such as `dist/static.k8s.yaml`. */
  readonly file: string;
  readonly objects: readonly unknown[];
}

/** Everything that the project keeps as rendered: its own variants, and those of its examples. */
export function goldenFiles(): readonly GoldenFile[] {
  const examples = readdirSync(join(ROOT, 'examples')).map((name) =>
    join('examples', name, 'dist'),
  );
  return ['dist', ...examples].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => {
      const path = join(ROOT, folder, name);
      return { file: relative(ROOT, path), objects: loadAll(readFileSync(path, 'utf8')) };
    }),
  );
}

/** The object, and what it holds as YAML: a ConfigMap may keep a template of pods. */
export function withInner(object: unknown): readonly unknown[] {
  const { kind, data } = objectAt(object);
  const texts =
    kind === 'ConfigMap'
      ? Object.entries(objectAt(data)).filter(([name]) => /\.ya?ml$/.test(name))
      : [];
  return [object, ...texts.flatMap(([, text]) => loadAll(String(text)))];
}
