import type { Lines } from './lines';

const CHART = /(^|.*[/\\])Chart\.ya?ml$/;
const VALUES = /(^|[/\\])values([-._][^/\\]*)?\.ya?ml$/;
const ACTION = /(?:^|[:,[-])[ \t]*\{\{/;
// No one writes longer lines by hand, and hostile ones would buy time.
const LONGEST_LINE = 2000;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g;

/** Whether the file describes a Helm chart: it has an apiVersion, and no kind. */
export function isChart(file: string): boolean {
  return CHART.test(file);
}

/** Whether the file is one of a Helm chart's values, by its name. */
export function isValues(file: string): boolean {
  return VALUES.test(file);
}

/** Folders that hold the templates of the charts among the files, each with its slash. */
export function templateFolders(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const folder = CHART.exec(file)?.[1];
    return folder === undefined ? [] : [`${folder}templates/`, `${folder}templates\\`];
  });
}

/**
 * Whether a text fails at the offset because a template is no YAML before it is rendered.
 *
 * Only an action `{{ … }}` where a value, a key or a line begins, on the line that fails, speaks
 * for that, or one that begins the line before it: a manifest may have braces in its strings and
 * be broken in another place.
 */
export function failsAtAction(text: string, lines: Lines, offset: number): boolean {
  const { line } = lines.at(offset);
  const failing = lineOf(text, lines, line).replace(QUOTED, '""');
  return ACTION.test(failing) || lineOf(text, lines, line - 1).startsWith('{{');
}

function lineOf(text: string, lines: Lines, line: number): string {
  const start = lines.startOf(line);
  return text.slice(start, Math.min(lines.startOf(line + 1), start + LONGEST_LINE));
}
