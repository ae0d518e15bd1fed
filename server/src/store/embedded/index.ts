/** What other rooms may use of `store/embedded`. */
export {
  type ClusterConnection,
  connectionUrl,
  type Embedded,
  type EmbeddedOptions,
  startEmbedded,
} from "./supervisor.ts";
