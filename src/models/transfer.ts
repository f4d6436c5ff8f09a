/** Speed is measured over this time. */
const WINDOW_MS = 5000;

/** Says how a transfer goes on: how much is there, how fast it comes, and how long it will take. */
export class Transfer {
  private samples: { readonly at: number; readonly done: number }[] = [];

  /**
   * @param done bytes that are there; the first call may begin with those of an earlier time
   * @param now milliseconds on any clock
   */
  describe(done: number, total: number, now = performance.now()): string {
    this.samples = [...this.samples.filter(({ at }) => now - at <= WINDOW_MS), { at: now, done }];
    const [first] = this.samples;
    const seconds = first ? (now - first.at) / 1000 : 0;
    const speed = first && seconds > 0 ? (done - first.done) / seconds : 0;
    const amount = `${sizeText(done)} of ${sizeText(total)}`;
    if (speed <= 0) return amount;
    return `${amount}, ${sizeText(speed)}/s, ${timeText((total - done) / speed)} left`;
  }
}

/** "412 MB". */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e3)} KB`;
}

function timeText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
