import { timingSafeEqual } from 'node:crypto'
import { type DrillBoard, drillNames, drillRates } from '../../platform/drill.ts'
import type { Book, Wish } from './book.ts'

type Options = {
  readonly book: Book
  /** What the API shows. */
  readonly secret: string
  readonly isPossible: (drill: Wish['drill']) => boolean
}

/** Answers the API, and nobody else: whoever does not know the secret learns nothing. */
export const makeServe =
  ({ book, secret, isPossible }: Options) =>
  async (request: Request): Promise<Response> => {
    if (!isSame(request.headers.get('Authorization') ?? '', `Bearer ${secret}`)) return answer(401)
    const { pathname } = new URL(request.url)
    if (pathname === '/drills' && request.method === 'GET') return answer(200, board())
    if (pathname === '/drills' && request.method === 'POST') return begin(await readWish(request))
    const run = request.method === 'GET' ? book.find(pathname.replace(/^\/drills\//, '')) : undefined
    return run === undefined ? answer(404) : answer(200, run)

    function board(): DrillBoard {
      return {
        rates: drillRates,
        drills: drillNames.map((name) => ({ name, isPossible: isPossible(name) })),
        ...book.read(),
      }
    }
    function begin(wish: Wish | undefined): Response {
      if (wish === undefined) return answer(400)
      if (!isPossible(wish.drill)) return answer(422)
      const begun = book.begin(wish)
      return begun === undefined ? answer(409) : answer(202, begun)
    }
  }

const answer = (status: number, body: unknown = {}): Response => Response.json(body, { status })

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

async function readWish(request: Request): Promise<Wish | undefined> {
  const given = (await request.json().catch(() => undefined)) as Partial<Record<keyof Wish, unknown>> | undefined // told as a bad request
  const drill = drillNames.find((name) => name === given?.drill)
  const ordersPerSecond = Number(given?.ordersPerSecond)
  const isRate = ordersPerSecond >= drillRates.least && ordersPerSecond <= drillRates.most
  if (drill === undefined || !isRate || typeof given?.token !== 'string') return undefined
  return { drill, ordersPerSecond, token: given.token }
}
