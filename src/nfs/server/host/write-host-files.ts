import { existsSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { IConstruct } from 'constructs';
import { show } from '../../../kube/show';
import { refuse } from '../../../kube/storage-error';
import { takeOnce } from '../../../objects/unique-names';

/**
 * Writes the files of a server into a folder of its name.
 *
 * Each is written whole beside its place and moved there: who reads it meanwhile, or after a crash,
 * has the old one or the new one.
 *
 * @throws StorageError `HostFolder`; `Duplicate` where another server writes there
 */
export function writeHostFiles(
  server: IConstruct & { readonly name: string },
  folder: string,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  if (typeof folder !== 'string' || folder === '') {
    refuse('HostFolder', server, `the folder must be a path, got ${show(folder)}`);
  }
  const target = join(folder, server.name);
  refuseOutput(server, folder, target);
  takeOnce(
    server,
    server.node.path,
    `host files/${realPath(target)}`,
    `folder ${show(target)}`,
    "set 'name' of one of them",
  );
  mkdirSync(target, { recursive: true });
  return Object.entries(files).map(([name, text]) => {
    const path = join(target, name);
    const unfinished = join(target, `.${name}.${process.pid}`);
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
    return path;
  });
}

function refuseOutput(server: IConstruct, folder: string, target: string): void {
  const { root } = server.node;
  // By shape: an app repo may hold a second copy of cdk8s.
  if (!('outdir' in root) || typeof root.outdir !== 'string') {
    return;
  }
  const { outdir } = root;
  const path = relative(realPath(outdir), realPath(target));
  if (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)) {
    refuse(
      'HostFolder',
      server,
      `the folder must lie beside the app's output ${show(outdir)}, got ${show(folder)}; the output is emptied, and what is in it is applied`,
    );
  }
}

/** A path without links, also where its last parts do not exist yet. */
function realPath(path: string): string {
  const whole = resolve(path);
  return existsSync(whole) || dirname(whole) === whole
    ? realpathSync(whole)
    : join(realPath(dirname(whole)), basename(whole));
}
