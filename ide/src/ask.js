// How the page asks: POST, JSON, to this server and no other. Stopping a question ends the request, and with it the statement.

const ENDPOINT = new URL("graphql", document.baseURI);

/** Return what GraphiQL can subscribe to: one answer, or one error that says what came instead. */
export function ask(operation) {
  return {
    subscribe(observer) {
      const stopping = new AbortController();
      post(operation, stopping.signal).then(
        (body) => {
          observer.next(body);
          observer.complete();
        },
        (error) => {
          if (!stopping.signal.aborted) observer.error(error);
        },
      );
      return {unsubscribe: () => stopping.abort()};
    },
  };
}

/** Return the answer to an operation. Throws an error that says what came instead of JSON. */
export async function post({query, variables, operationName}, signal) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: {"content-type": "application/json", accept: "application/graphql-response+json, application/json;q=0.9"},
    body: JSON.stringify({query, variables, operationName}),
    credentials: "same-origin",
    signal,
  });
  if (!(response.headers.get("content-type") ?? "").includes("json")) {
    throw new Error(`The server answered ${response.status} ${response.statusText} without JSON.`);
  }
  return response.json();
}
