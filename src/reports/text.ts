import { styleText } from 'node:util';
import { CLAIM_OUTCOMES, type Finding, SEVERITIES, type Severity } from '../planner/plan';
import type { Report } from './report';

type Style = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<Severity, Style>> = {
  error: ['red', 'bold'],
  warning: ['yellow', 'bold'],
  info: ['cyan', 'bold'],
};

/** The findings by object, for a person at a terminal or in a log. */
export function textReport({ plan, colour }: Report): string {
  const styled = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines: string[] = [];
  let last: string | undefined;
  for (const finding of plan.findings) {
    const title = `${finding.file ?? ''} ${finding.construct ?? ''} ${finding.object}`;
    if (title !== last) {
      lines.push(`${styled('underline', placeOf(finding))}${finding.object}`);
      last = title;
    }
    const severity = styled(STYLES[finding.severity], finding.severity);
    lines.push(`  ${severity} ${finding.rule}: ${finding.message}`);
    lines.push(`    ${styled('dim', 'fix:')} ${finding.fix}`);
  }
  return [...lines, ...(lines.length === 0 ? [] : ['']), summary(plan), ''].join('\n');
}

function placeOf({ file, line, construct }: Finding): string {
  const place = file === undefined ? construct : line === undefined ? file : `${file}:${line}`;
  return place === undefined ? '' : `${place}: `;
}

/** How many findings of each severity there are, and what becomes of the claims. */
function summary({ findings, claims }: Report['plan']): string {
  const found = SEVERITIES.map((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return `${count} ${severity === 'info' || count === 1 ? severity : `${severity}s`}`;
  });
  const becomes = CLAIM_OUTCOMES.flatMap((outcome) => {
    const count = claims.filter(({ outcomes }) => outcomes.length === 1 && outcomes[0] === outcome);
    return count.length === 0 ? [] : [`${count.length} ${outcome}`];
  });
  const open = claims.filter(({ outcomes }) => outcomes.length > 1).length;
  if (open > 0) {
    becomes.push(`${open} that depend on the order`);
  }
  const total = `${claims.length} ${claims.length === 1 ? 'claim' : 'claims'}`;
  return `${found.join(', ')}; ${total}${becomes.length === 0 ? '' : `: ${becomes.join(', ')}`}`;
}
