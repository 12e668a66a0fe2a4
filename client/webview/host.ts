/** What a page knows of the editor around it. */
export interface Host<From> {
  readonly post: (message: From) => void;
}

interface WebviewApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/**
 * Connects the page with the extension: `receive` gets every message, and the extension learns that the page is ready.
 * To be called once.
 */
export function connect<To, From extends { readonly kind: string }>(
  receive: (message: To, host: Host<From>) => void,
  ready: From,
): Host<From> {
  const api = acquireVsCodeApi();
  const host: Host<From> = { post: message => api.postMessage(message) };
  // Only the extension can post here: a webview has an origin of its own and no frames.
  window.addEventListener('message', (event: MessageEvent<To>) => receive(event.data, host));
  host.post(ready);
  return host;
}

/** The element that the page fills. */
export function pageRoot(): HTMLElement {
  const root = document.getElementById('page');
  if (root === null) throw new Error('the page has no element with the id "page"');
  return root;
}
