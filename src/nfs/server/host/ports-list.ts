import type { NfsServerPort } from '../ports';

/** The ports as JSON, for what configures a firewall. */
export function portsJson(ports: readonly NfsServerPort[]): string {
  return `${JSON.stringify(ports, null, 2)}\n`;
}

/** The ports as a table, for who does. */
export function portsText(ports: readonly NfsServerPort[]): string {
  const rows = [
    ['PORT', 'PROTOCOL', 'SERVICE', 'FROM'],
    ...ports.flatMap(({ port, protocol, service, sources }) =>
      sources.map((source) => [String(port), protocol, service, source]),
    ),
  ];
  const [first = []] = rows;
  const widths = first.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
