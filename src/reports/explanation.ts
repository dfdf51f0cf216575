import { styleText } from 'node:util';
import type { ClaimVerdict, Finding, RejectedVolume, StoragePlan } from '../planner/plan';

/** What becomes of one claim: its verdict, every volume, and what rules find on it. */
export interface Explanation {
  readonly verdict: ClaimVerdict;
  readonly rejected: readonly RejectedVolume[];
  readonly findings: readonly Finding[];
}

/** What a plan says of one of its claims. */
export function explanationOf({ findings }: StoragePlan, verdict: ClaimVerdict): Explanation {
  // An object that names no namespace is one of namespace default.
  const names = [verdict.claim, verdict.claim.replace(/^default\//, '')];
  return {
    verdict,
    rejected: verdict.rejected(),
    findings: findings.filter(({ object }) =>
      names.some((name) => object === `PersistentVolumeClaim ${name}`),
    ),
  };
}

/** The explanation as JSON. */
export function explanationJson({ verdict, rejected, findings }: Explanation): string {
  const { claim, outcomes, volumes, deterministic, reason, message } = verdict;
  const told = { claim, outcomes, deterministic, reason, message, volumes, rejected, findings };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** The explanation for a person. */
export function explanationText(
  { verdict, rejected, findings }: Explanation,
  { colour }: { readonly colour: boolean },
): string {
  const bold = (text: string): string =>
    colour ? styleText('bold', text, { validateStream: false }) : text;
  const lines = [`${bold(verdict.claim)}: ${becomes(verdict)}`];
  if (verdict.message !== undefined) {
    lines.push('', 'kubectl describe pvc will say:', `  ${event(verdict)}`);
  }
  if (verdict.volumes.length > 0) {
    lines.push('', 'It can bind to:', ...verdict.volumes.map((volume) => `  ${volume}`));
  }
  if (rejected.length > 0) {
    const width = Math.max(...rejected.map(({ volume }) => volume.length));
    lines.push('', verdict.volumes.length > 0 ? 'Not to:' : 'No volume serves it:');
    for (const { volume, rule, detail } of rejected) {
      lines.push(`  ${volume.padEnd(width)}  ${rule}: ${detail}`);
    }
  }
  if (verdict.volumes.length === 0 && rejected.length === 0) {
    lines.push('', 'There is no volume in the input.');
  }
  for (const { severity, rule, message, fix } of findings) {
    lines.push('', `${severity} ${rule}: ${message}`, `  fix: ${fix}`);
  }
  return `${lines.join('\n')}\n`;
}

function becomes({ outcomes, deterministic }: ClaimVerdict): string {
  if (outcomes.length > 1) {
    return `${outcomes.join(' or ')}, depending on the order of the claims and on their pods`;
  }
  const [outcome] = outcomes;
  return outcome === 'bound' && !deterministic ? 'bound, to one of several' : `${outcome}`;
}

function event({ reason, message }: ClaimVerdict): string {
  return reason === undefined ? `${message}` : `${reason}: ${message}`;
}
