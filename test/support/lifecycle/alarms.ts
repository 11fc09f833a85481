/** The alarms of a clock whose time a test moves. */
export class Alarms {
  readonly #set = new Set<{ readonly time: number; readonly ring: () => void }>();

  alarm(time: number, ring: () => void): () => void {
    const alarm = { time, ring };
    this.#set.add(alarm);
    return () => this.#set.delete(alarm);
  }

  /** To be called when the time has become `now`. */
  moved(now: number): void {
    for (const alarm of this.#set) {
      if (alarm.time > now) continue;
      this.#set.delete(alarm);
      alarm.ring();
    }
  }
}
