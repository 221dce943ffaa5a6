export function findMessageProblem(subject: string): string | undefined
