import type { ComponentProps } from 'react';

/**
 * A button that stays where the keyboard is while it has nothing to do: one that is `disabled` in the sense of HTML drops the
 * focus to the page.
 */
export function ActionButton({ disabled, onClick, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    />
  );
}
