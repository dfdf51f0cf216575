import { show } from './show';

/**
 * What is wrong with a path that must be absolute, or undefined where nothing is.
 *
 * Source: Kubernetes, validateNFSVolumeSource and validatePathNoBacksteps (apis/core/validation).
 */
export function absolutePathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) {
    return `must be an absolute path, got ${show(path)}`;
  }
  return inside(path);
}

/** The same for a path that must stay below the folder that it starts from. */
export function relativePathProblem(path: string): string | undefined {
  if (path.startsWith('/')) {
    return `must be a relative path, got ${show(path)}`;
  }
  return inside(path);
}

function inside(path: string): string | undefined {
  if (path.split('/').includes('..')) {
    return `must not have '..' in it, got ${show(path)}`;
  }
  return /\p{Cc}/u.test(path)
    ? `must not have control characters in it, got ${show(path)}`
    : undefined;
}
