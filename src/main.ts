import { App } from 'cdk8s';
import { DynamicStorageChart } from './charts/dynamic';
import { LocalPathStorageChart } from './charts/local-path';
import { StaticStorageChart } from './charts/static';

// No construct metadata: beside the manifests it would make `kubectl apply -f dist` fail.
const app = new App({ recordConstructMetadata: false });
new StaticStorageChart(app, 'static');
new DynamicStorageChart(app, 'dynamic');
new LocalPathStorageChart(app, 'local-path');
app.synth();
