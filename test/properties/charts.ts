import fc from 'fast-check';
import { DynamicStorageChart } from '../../src/charts/dynamic';
import { LocalPathStorageChart } from '../../src/charts/local-path';
import { StaticStorageChart } from '../../src/charts/static';
import { DISK_ID } from './claims';
import { EBS_CLASS } from './ebs';
import type { Subject } from './holds';
import { LOCAL_PATH_CLAIM, LOCAL_PATH_PROVISIONER } from './local-path';
import { NFS_VOLUME } from './nfs';
import { FLAG, LABELS, NAMESPACE, propsOf, SIZE } from './values';
import { MOUNT_PATH, STATEFUL_APP, UPLOAD_APP } from './workloads';

const CHART = { namespace: NAMESPACE, labels: LABELS, disableResourceNameHashes: FLAG };

const AB = fc.constantFrom('a', 'b');

/** Names of what the charts are made of, few so that they meet. */
const CHART_PARTS = fc.record({
  volume: fc.record({ name: AB, claimName: AB }),
  app: fc.record({ name: AB }),
  disk: fc.record({ name: AB, claimName: AB, volumeId: DISK_ID }),
  broker: fc.record({ name: AB }),
  storageClass: fc.record({ name: AB }),
  provisioner: AB.map((name) => ({
    name,
    namespace: name,
    className: name,
    provisionerName: `example.com/${name}`,
  })),
  claim: fc.record({ name: AB }),
});

const staticChart: Subject = {
  name: 'a StaticStorageChart',
  bare: CHART_PARTS.map(({ volume, app }) => ({ volume, app })),
  isChart: true,
  props: propsOf(
    {},
    {
      ...CHART,
      volume: propsOf({}, { ...NFS_VOLUME, capacity: SIZE }),
      app: propsOf({}, UPLOAD_APP),
      mountPath: MOUNT_PATH,
    },
  ),
  make: (scope, id, props) => new StaticStorageChart(scope, id, props),
};

const dynamicChart: Subject = {
  name: 'a DynamicStorageChart',
  bare: CHART_PARTS.map(({ disk, broker, storageClass }) => ({
    volume: disk,
    broker,
    storageClass,
  })),
  isChart: true,
  props: propsOf(
    {},
    {
      ...CHART,
      storageClass: propsOf({}, EBS_CLASS),
      broker: propsOf({}, STATEFUL_APP),
      volume: propsOf({}, { capacity: SIZE, zone: fc.constantFrom('eu-west-1a') }),
    },
  ),
  make: (scope, id, props) => new DynamicStorageChart(scope, id, props),
};

const localPathChart: Subject = {
  name: 'a LocalPathStorageChart',
  bare: CHART_PARTS.map(({ provisioner, claim }) => ({ provisioner, claim })),
  isChart: true,
  props: propsOf(
    {},
    {
      ...CHART,
      provisioner: propsOf({}, LOCAL_PATH_PROVISIONER),
      claim: propsOf({}, { ...LOCAL_PATH_CLAIM, size: SIZE }),
    },
  ),
  make: (scope, id, props) => new LocalPathStorageChart(scope, id, props),
};

/** The ready-made charts. */
export const CHARTS: readonly Subject[] = [staticChart, dynamicChart, localPathChart];
