/**
 * Loaded into the program that `npm start` runs: its process group is its own, so when the parent is killed
 * without a chance to pass a signal on, the closed channel is what tells it to stop.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
