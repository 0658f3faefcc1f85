import { memo } from 'react'
import { paletteOf } from './picture-colours.ts'
import { drawingOf } from './drawings.tsx'

/** Drawn from the SKU alone, so every product has a picture the moment it exists. Decoration: its name stands beside. */
export const ProductPicture = memo(function ProductPicture({ sku }: { readonly sku: string }) {
  const palette = paletteOf(sku)
  return (
    <svg viewBox="0 0 200 150" width="100%" height="100%" preserveAspectRatio="xMidYMid meet" aria-hidden>
      <rect x="-200" y="-200" width="600" height="550" fill={palette.back} />
      <ellipse cx="100" cy="125" rx="52" ry="5" fill={palette.deep} opacity="0.14" />
      {drawingOf(sku)(palette, sku)}
    </svg>
  )
})
