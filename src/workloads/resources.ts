export {
  DEFAULT_RESOURCES,
  RESOURCES,
  type RenderedAmounts,
  type ResourceAmounts,
  type Resources,
  renderResources,
} from '../kube/resources';
