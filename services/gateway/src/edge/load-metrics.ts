import type { Metrics } from '@saleswright/service'
import type { Load } from './load.ts'

/** Shows what requests hold at the moment. */
export const measured = (load: Load, { gauge }: Pick<Metrics, 'gauge'>): Load => {
  gauge(
    'saleswright_http_body_bytes_in_flight',
    'Bytes of request bodies that may be in memory',
    () => load.bodies.used() + load.strangersBodies.used(),
  )
  gauge('saleswright_http_uploads_in_flight', 'Uploads that are under way', load.uploads.used)
  gauge('saleswright_http_connections', 'Open connections to the HTTP edge', load.connections.used)
  return load
}

export const countUnknownProxies = ({ counter }: Pick<Metrics, 'counter'>): (() => void) =>
  counter(
    'saleswright_http_unknown_proxy_total',
    'Requests that were refused because they came through a proxy that TRUSTED_PROXIES does not name',
  )
