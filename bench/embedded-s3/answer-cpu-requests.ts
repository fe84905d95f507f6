/** Tells the parent where the server is, and from then on what CPU it has used, in microseconds. */
export function answerCpuRequests(url: string): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send!(user + system);
  });
  process.on('disconnect', () => process.exit());
  process.send!(url);
}
