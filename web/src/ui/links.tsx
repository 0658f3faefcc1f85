import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps | keyof AnchorProps>
type Own<Props> = Props & Native & { readonly ref?: Ref<HTMLAnchorElement> }

const AnchorElement = (props: Own<AnchorProps>) => <Anchor {...props} />
const ButtonElement = (props: Own<ButtonProps>) => <Button component="a" {...props} />

/** An address inside the page, checked by the router's types. */
export const TextLink = createLink(AnchorElement)
export const ButtonLink = createLink(ButtonElement)
