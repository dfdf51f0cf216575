import { isDnsSubdomain } from '../../kube/names';
import { oncePer } from '../../kube/once-per';
import { isCoreSource, SNAPSHOT_GROUP } from '../../planner/api/data-sources';
import type { ClaimEntry } from '../../planner/claim-entry';
import type { Inventory } from '../../planner/inventory';
import { isLive } from '../../planner/metadata';
import { isPlainObject, nameAt, objectAt, type PlainObject } from '../../planner/plain-object';
import { claimPath, claimTitle, openClaims } from '../claim-words';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';

const manifests = (apiGroup: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: restored
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  resources: { requests: { storage: 10Gi } }
  dataSource: { ${apiGroup}kind: VolumeSnapshot, name: nightly }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
`;

export const datasourceDropped: Rule = {
  id: 'datasource-dropped',
  severity: 'error',
  summary: 'the claim names a source of data that is passed over, and its volume comes up empty',
  why: `A claim can ask for a volume with data in it: of another claim or of a snapshot. In
\`dataSource\`, the API server takes these two alone, each with its own API group, and drops
anything else without a word, so that the claim gets an empty volume. In \`dataSourceRef\` other
kinds may stand: with a namespace the whole field is dropped too, and a kind that no populator is
registered for leaves the claim waiting.`,
  source:
    'Kubernetes, pkg/api/persistentvolumeclaim, EnforceDataSourceBackwardsCompatibility and DropDisabledFields; kubernetes-csi/volume-data-source-validator',
  bad: manifests(''),
  good: manifests('apiGroup: snapshot.storage.k8s.io, '),
  *check(facts) {
    for (const { claim } of openClaims(facts)) {
      const { dataSource, dataSourceRef } = objectAt(claim.manifest, 'spec');
      const isReference = isPlainObject(dataSourceRef);
      // What the API server has taken is as it left it.
      if (
        (!isReference && !isPlainObject(dataSource)) ||
        isLive(objectAt(claim.manifest, 'metadata'))
      ) {
        continue;
      }
      if (isReference) {
        yield* judgeReference(claim, dataSourceRef, facts);
      } else if (isPlainObject(dataSource) && !isCoreSource(dataSource)) {
        yield dropped(claim, dataSource);
      }
    }
  },
};

function dropped(claim: ClaimEntry, source: PlainObject): RuleFinding {
  return {
    object: claim.object,
    message: `${claimTitle(claim)} asks for the data of ${titleOf(source)}, and the API server drops a dataSource that is neither a PersistentVolumeClaim without an apiGroup nor a VolumeSnapshot of ${SNAPSHOT_GROUP}: the volume comes up empty`,
    fix: fixOf(source) ?? 'name it by dataSourceRef, and install its populator',
    path: claimPath(claim, 'spec', 'dataSource'),
  };
}

function* judgeReference(
  claim: ClaimEntry,
  source: PlainObject,
  facts: Facts,
): Iterable<RuleFinding> {
  const { object } = claim;
  const path = claimPath(claim, 'spec', 'dataSourceRef');
  const namespace = nameAt(source, 'namespace');
  const group = nameAt(source, 'apiGroup');
  if (namespace !== undefined) {
    yield {
      object,
      severity: 'error',
      message: `${claimTitle(claim)} asks for the data of ${titleOf(source)} in namespace ${namespace}, and the API server drops a dataSourceRef with a namespace unless its feature CrossNamespaceVolumeDataSource is switched on: the volume comes up empty`,
      fix: 'drop dataSourceRef.namespace, and bring the data into the namespace of the claim',
      path: [...path, 'namespace'],
    };
    return;
  }
  if (isCoreSource(source) || group === undefined || !isDnsSubdomain(group)) {
    return; // what has no group and is no claim, or a group that is none, is refused
  }
  const known = fixOf(source);
  if (known !== undefined || !hasPopulator(source, facts)) {
    yield {
      object,
      message: `${claimTitle(claim)} asks for the data of ${titleOf(source)}, which no VolumePopulator is registered for; kubectl describe pvc shows "UnrecognizedDataSourceKind: The data source for this PVC does not match any registered VolumePopulator"`,
      fix: known ?? `install the populator of ${group}`,
      path,
      severity: known === undefined ? 'warning' : 'error',
      closed: known === undefined,
    };
  }
}

/** What is meant by a kind that is known, where its group is another. */
function fixOf(source: PlainObject): string | undefined {
  switch (source.kind) {
    case 'VolumeSnapshot':
      return `set apiGroup: ${SNAPSHOT_GROUP}`;
    case 'PersistentVolumeClaim':
      return 'drop apiGroup';
    default:
      return undefined;
  }
}

function titleOf(source: PlainObject): string {
  const group = nameAt(source, 'apiGroup');
  const title = `${nameAt(source, 'kind') ?? 'a kind without a name'} ${nameAt(source, 'name') ?? ''}`;
  return `${title.trimEnd()} of ${group === undefined ? 'no apiGroup' : `apiGroup ${group}`}`;
}

// A populator says of what it makes volumes (kubernetes-csi/volume-data-source-validator).
function hasPopulator(source: PlainObject, { inventory }: Facts): boolean {
  return populated(inventory).has(`${String(source.apiGroup)}/${String(source.kind)}`);
}

/** Groups and kinds of which populators make volumes. */
const populated = oncePer(({ planned, existing }: Inventory): ReadonlySet<string> => {
  const populators = [...planned, ...existing].filter(({ kind }) => kind === 'VolumePopulator');
  return new Set(
    populators
      .map((populator) => objectAt(populator, 'sourceKind'))
      .map(({ group, kind }) => `${String(group)}/${String(kind)}`),
  );
});
