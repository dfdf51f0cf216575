import fc from 'fast-check';
import { build } from '../properties/holds';
import { WORKLOADS } from '../properties/workloads';
import { brokenControls, podsOf } from '../support/pod-security';

/** Props by which an author asks for less than the standard. */
const LESS = [
  ...['runAsUser', 'runAsNonRoot', 'seccompProfile', 'allowPrivilegeEscalation', 'capabilities'],
];

test.each(WORKLOADS)(
  'the pods of $name keep the restricted standard, whatever else is asked for',
  (subject) => {
    let pods = 0;
    const kept = subject.props.map((props) =>
      Object.fromEntries(Object.entries(props as object).filter(([prop]) => !LESS.includes(prop))),
    );
    fc.assert(
      fc.property(kept, (props) => {
        const { app } = build([{ namespace: 'shop' }], [{ subject, id: 'it', chart: 0, props }]);
        for (const { spec, metadata } of app.charts.flatMap((chart) =>
          chart.toJson().filter(isOwn).flatMap(podsOf),
        )) {
          expect(brokenControls(spec, metadata)).toEqual([]);
          pods += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(pods).toBeGreaterThan(10);
  },
);

/** Storage may bring a provisioner along, which lists its exceptions itself. */
function isOwn({ metadata }: { readonly metadata?: { readonly namespace?: string } }): boolean {
  return metadata?.namespace !== 'local-path-storage';
}
