/** The public names of `store/embedded`, for other folders. */
export {
  type ClusterConnection,
  connectionUrl,
  type Embedded,
  type EmbeddedOptions,
  startEmbedded,
} from "./supervisor.ts";
