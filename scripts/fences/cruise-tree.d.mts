export interface Violation {
  rule: string
  from: string
  to: string
}

export interface FenceReport {
  holds: boolean
  moduleCount: number
  unseen: string[]
  violations: Violation[]
}

export function cruiseTree(folder: string, otherOptions?: object): Promise<FenceReport>

export const fences: { name: string; comment: string }[]
