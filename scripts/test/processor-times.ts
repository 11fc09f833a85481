/** The lines that say what the files of tests cost, of the lines `<file>\t<seconds>` that they wrote. */
export function processorTimes(text: string, most = 20): string[] {
  const seconds = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [file = '', time] = line.split('\t');
    if (time !== undefined) seconds.set(file, (seconds.get(file) ?? 0) + Number(time));
  }
  if (seconds.size === 0) return [];
  const all = [...seconds].sort(([, one], [, other]) => other - one);
  const sum = all.reduce((total, [, time]) => total + time, 0);
  return [
    `== ${Math.round(sum)} s of the processors, the most of it in`,
    ...all.slice(0, most).map(([file, time]) => `   ${time.toFixed(1).padStart(6)} s ${file}`),
  ];
}
