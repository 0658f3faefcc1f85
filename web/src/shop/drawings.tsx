import type { ReactNode } from 'react'
import { hashOf, type Palette } from './picture-colours.ts'

type Drawing = (palette: Palette, sku: string) => ReactNode

const mug: Drawing = ({ main, deep, light }) => (
  <>
    <path d="M124 62h12a17 17 0 0 1 0 34h-12" fill="none" stroke={deep} strokeWidth="8" />
    <path d="M64 48h64v60a16 16 0 0 1-16 16H80a16 16 0 0 1-16-16z" fill={main} />
    <path d="M64 48h14v76a16 16 0 0 1-14-16z" fill={light} opacity="0.5" />
    <ellipse cx="96" cy="48" rx="32" ry="6" fill={deep} />
    <path
      d="M84 36c-4-6 4-9 0-16M100 36c-4-6 4-9 0-16"
      fill="none"
      stroke={light}
      strokeWidth="4"
      strokeLinecap="round"
    />
  </>
)
const tee: Drawing = ({ main, deep, light }) => (
  <>
    <path d="M78 28 48 44l12 26 12-6v58h56V64l12 6 12-26-30-16c-6 10-38 10-44 0z" fill={main} />
    <path d="M78 28c6 10 38 10 44 0l-5-2c-6 7-28 7-34 0z" fill={deep} />
    <path d="M72 64v58h10V58z" fill={deep} opacity="0.35" />
    <circle cx="100" cy="76" r="9" fill="none" stroke={light} strokeWidth="4" />
  </>
)
const hoodie: Drawing = ({ main, deep, light }) => (
  <>
    <path d="M76 34 50 48l-8 68h18l6-44v52h68V72l6 44h18l-8-68-26-14z" fill={main} />
    <path d="M74 36c4-22 48-22 52 0-6 16-46 16-52 0z" fill={deep} />
    <path d="M82 36c4-12 32-12 36 0-6 9-30 9-36 0z" fill={light} opacity="0.45" />
    <path d="M80 92h40l6 20H74z" fill={deep} opacity="0.5" />
    <path d="M92 48v18M108 48v18" stroke={light} strokeWidth="3" strokeLinecap="round" />
  </>
)
const cap: Drawing = ({ main, deep, light }) => (
  <>
    <path d="M54 92c0-62 84-62 88 0z" fill={main} />
    <path d="M98 46c-12 10-16 26-16 46h14c0-20 2-34 2-46z" fill={deep} opacity="0.4" />
    <path d="M110 92c22-6 48 0 58 14-18 4-38 0-58-2z" fill={deep} />
    <path d="M54 92h88v10H54z" fill={deep} opacity="0.75" />
    <circle cx="98" cy="45" r="5" fill={light} />
  </>
)
const tote: Drawing = ({ main, deep, light }) => (
  <>
    <path d="M80 62V44c0-26 40-26 40 0v18" fill="none" stroke={deep} strokeWidth="6" strokeLinecap="round" />
    <path d="M60 56h80l6 68H54z" fill={main} />
    <path d="M60 56h80l1 10H59z" fill={deep} opacity="0.3" />
    <path d="M86 84h28l-14 24z" fill={light} />
  </>
)
const notebook: Drawing = ({ main, deep, light }) => (
  <>
    <rect x="62" y="28" width="76" height="96" rx="6" fill={main} />
    <rect x="62" y="28" width="14" height="96" rx="6" fill={deep} />
    <rect x="122" y="28" width="5" height="96" fill={light} />
    <rect x="84" y="50" width="30" height="18" rx="3" fill={light} />
    <path d="M138 34h4v84h-4z" fill="#fff" opacity="0.8" />
  </>
)
const pen: Drawing = ({ main, deep, light }) => (
  <g transform="rotate(38 100 78)">
    <rect x="91" y="22" width="18" height="86" rx="5" fill={main} />
    <path d="M91 106h18l-7 20h-4z" fill={light} />
    <path d="m98 122 4 0-2 8z" fill={deep} />
    <rect x="91" y="92" width="18" height="14" fill={deep} />
    <rect x="110" y="26" width="4" height="40" rx="2" fill={deep} />
  </g>
)
const stickers: Drawing = ({ main, deep, light }) => (
  <>
    <rect x="50" y="40" width="46" height="46" rx="12" fill={main} transform="rotate(-10 73 63)" />
    <circle cx="128" cy="58" r="25" fill={deep} />
    <path d="m84 84 12 9 15-2-4 14 7 13-15 1-10 11-6-14-14-5 11-9z" fill={light} stroke="#fff" strokeWidth="3" />
    <circle cx="128" cy="58" r="15" fill="none" stroke="#fff" strokeWidth="4" />
    <path d="M62 64h22M66 54h16" stroke="#fff" strokeWidth="4" strokeLinecap="round" />
    <rect x="118" y="90" width="34" height="24" rx="12" fill={main} transform="rotate(8 135 102)" />
  </>
)
const bottle: Drawing = ({ main, deep, light }) => (
  <>
    <rect x="88" y="18" width="24" height="16" rx="4" fill={deep} />
    <path d="M90 36h20c0 12 14 14 14 28v50a10 10 0 0 1-10 10H86a10 10 0 0 1-10-10V64c0-14 14-16 14-28z" fill={main} />
    <path d="M82 66c0-6 4-10 8-13v69h-4a4 4 0 0 1-4-4z" fill={light} opacity="0.8" />
    <rect x="76" y="84" width="48" height="14" fill={deep} opacity="0.6" />
  </>
)
const lamp: Drawing = ({ main, deep, light }) => (
  <>
    <path d="m112 62 40 62H68z" fill={light} opacity="0.55" />
    <path d="M72 120V76l30-38" fill="none" stroke={deep} strokeWidth="6" strokeLinejoin="round" strokeLinecap="round" />
    <path d="m92 32 34 24-26 16c-12-8-16-24-8-40z" fill={main} />
    <rect x="52" y="116" width="42" height="8" rx="4" fill={deep} />
    <circle cx="72" cy="76" r="6" fill={main} />
  </>
)
const poster: Drawing = ({ main, deep, light }) => (
  <>
    <rect x="60" y="20" width="80" height="104" rx="3" fill="#fff" />
    <rect x="68" y="28" width="64" height="76" fill={light} />
    <circle cx="112" cy="50" r="12" fill={main} />
    <path d="m68 104 24-38 18 24 10-12 12 16v10z" fill={deep} />
    <path d="M82 114h36" stroke={main} strokeWidth="4" strokeLinecap="round" />
  </>
)
/** For what nobody drew yet: three shapes, arranged by the SKU. */
const shapes: Drawing = ({ main, deep, light }, sku) => {
  const turn = hashOf(`${sku}/turn`) % 4
  return (
    <g transform={`rotate(${turn * 90} 100 75)`}>
      <rect x="64" y="40" width="52" height="52" rx="10" fill={main} />
      <circle cx="118" cy="92" r="27" fill={deep} opacity="0.9" />
      <path d="M116 36h24v24a24 24 0 0 1-24-24z" fill={light} />
      <path d="M70 104h26" stroke={light} strokeWidth="8" strokeLinecap="round" />
    </g>
  )
}

/** By a word of the SKU, from its beginning: `STEEL` is no `TEE`. */
const drawings: readonly (readonly [RegExp, Drawing])[] = [
  [/-(MUG|CUP)/, mug],
  [/-(TEE|SHIRT)/, tee],
  [/-(HOODIE|SWEAT)/, hoodie],
  [/-(CAP|HAT)/, cap],
  [/-(TOTE|BAG)/, tote],
  [/-(NOTE|BOOK)/, notebook],
  [/-(PEN)/, pen],
  [/-(STICK)/, stickers],
  [/-(BOTTLE)/, bottle],
  [/-(LAMP|LIGHT)/, lamp],
  [/-(POSTER|PRINT)/, poster],
]

export const drawingOf = (sku: string): Drawing => drawings.find(([word]) => word.test(`-${sku}`))?.[1] ?? shapes
