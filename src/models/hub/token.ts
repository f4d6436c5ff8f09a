/** Whether `text` can be sent as an access token: a header takes no line breaks, spaces or characters beyond ASCII. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
