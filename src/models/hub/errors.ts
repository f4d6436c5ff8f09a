/** A model that could not be fetched; the message is meant for users. */
export class HubError extends Error {
  override readonly name: string = 'HubError';
}

/** The hub does not let this user have the model: there is no token, or one without access. */
export class AccessError extends HubError {
  override readonly name = 'AccessError';
}

/** The connection failed or the hub is overloaded: what has arrived is kept, and trying again may help. */
export class ConnectionError extends HubError {
  override readonly name = 'ConnectionError';
}
