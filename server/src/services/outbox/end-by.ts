/** What `work` becomes, or `late` once the time is over; work that goes on is no longer waited for. */
export async function endBy<Value>(work: Promise<Value>, afterMs: number, late: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(late), afterMs)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
