import { classify } from '../../events/failure.ts'

/** Does it again where the database gave it up for another one's sake: nothing of it was kept. */
export async function repeated<Result>(transaction: () => Promise<Result>, tries = 10): Promise<Result> {
  for (let left = tries; ; left -= 1) {
    try {
      return await transaction()
    } catch (error) {
      if (left <= 1 || classify(error) !== 'repeatTransaction') throw error
      // apart from each other, lest they meet again
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (tries - left + 1)))
    }
  }
}
