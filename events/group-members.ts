import { AssignerProtocol } from 'kafkajs'
import type { Admin } from './kafka.ts'

/** Who consumes for a group now. */
export type Membership = {
  /** Every partition belongs to somebody, and nothing is being moved. */
  readonly isStable: boolean
  readonly members: number
  /** Of all topics that the group reads. */
  readonly partitions: number
}

export async function readMembership(admin: Admin, group: string): Promise<Membership> {
  const { groups } = await admin.describeGroups([group])
  const [{ state, members } = { state: 'Dead', members: [] }] = groups
  const partitions = members.map(({ memberAssignment }) => {
    const decoded = memberAssignment.length === 0 ? null : AssignerProtocol.MemberAssignment.decode(memberAssignment)
    return Object.values(decoded?.assignment ?? {}).reduce((sum, each) => sum + each.length, 0)
  })
  return {
    isStable: state === 'Stable',
    members: members.length,
    partitions: partitions.reduce((sum, each) => sum + each, 0),
  }
}
