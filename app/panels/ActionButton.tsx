import type { ComponentProps } from 'react';

/**
 * A button that keeps the keyboard focus while it has nothing to do: an HTML button that becomes `disabled` loses the
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
