import { App } from 'cdk8s';
import { StaticStorageChart } from './charts/static';

// No construct metadata: beside the manifests it would make `kubectl apply -f dist` fail.
const app = new App({ recordConstructMetadata: false });
new StaticStorageChart(app, 'static');
app.synth();
