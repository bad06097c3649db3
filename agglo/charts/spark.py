"""The small trend of a figure card: a line, its last point, nothing else."""

from collections.abc import Sequence

from .french import Number


def spark(
    values: Sequence[Number | None], provisional: bool = False, width: int = 120, height: int = 32
) -> str:
    """An inline picture hidden from screen readers: the card says the trend in words.

    None leaves a gap; `provisional` draws the last point as a ring. Fewer than two numbers draw nothing.
    """
    numbers = [float(v) for v in values if v is not None]
    if len(numbers) < 2:
        return ""
    low, high = min(numbers), max(numbers)
    factor = (height - 8) / (high - low) if high > low else 0.0
    step = (width - 8) / (len(values) - 1)
    middle = height / 2
    parts: list[str] = []
    pen = "M"
    x = y = 0.0
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x = 4 + i * step
        y = height - 4 - (float(value) - low) * factor if factor else middle
        parts.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    ring = ' class="ring"' if provisional else ""
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true">'
        f'<path d="{"".join(parts)}"/><circle{ring} cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )
