"""The table that compares territories, written out at once: made tag by tag it costs half of its page.

The mark-up is that of templates/components/table.html; a test holds the two together.
"""

from html import escape
from urllib.parse import quote_plus

from django.http import QueryDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.templatetags.django_tables2 import table_page_range

from agglo.indicators.tables import Comparison


def written(table: Comparison, asked: QueryDict) -> SafeString:
    """Head, rows of the page, and the way to the other pages; `asked` is what the address says already."""
    caption = escape(table.caption)
    out = [
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{caption}">\n'
        f'<table class="table">\n<caption>{caption}</caption>\n'
        f"<thead><tr>{_head(table, asked)}</tr></thead>\n"
        f"<tbody>{_rows(table) or _nothing(table)}</tbody>\n</table></div>\n"
    ]
    if table.paginator.num_pages > 1:
        out.append(_pages(table, asked))
    return mark_safe("".join(out))  # noqa: S308


def _head(table: Comparison, asked: QueryDict) -> str:
    cells = []
    for column in table.columns:
        named = column.attrs.get("th", {}).get("class")
        kind = f' class="{escape(named)}"' if named else ""
        order = column.order_by_alias
        sense = "descending" if order.is_descending else "ascending"
        sorted_by = f' aria-sort="{sense}"' if column.is_ordered else ""
        href = _address(asked, table.prefixed_order_by_field, order.next)
        cells.append(
            f'<th scope="col"{kind}{sorted_by}><a href="{href}">{conditional_escape(column.header)}</a></th>'
        )
    return "".join(cells)


def _rows(table: Comparison) -> str:
    name, *measures = ((column.name, column.column) for column in table.columns)
    rows = []
    for place, record in enumerate(table.paginated_rows.data):
        heading = conditional_escape(name[1].render(record["name"], record))
        # What a figure is written with needs no escaping: digits, spaces, and our own words.
        cells = "".join([f'<td class="num">{column.render(record[code])}</td>' for code, column in measures])
        rows.append(
            f'<tr class="{"odd" if place % 2 else "even"}"><th scope="row" class="name">{heading}</th>'
            f"{cells}</tr>\n"
        )
    return "".join(rows)


def _nothing(table: Comparison) -> str:
    return f'<tr><td colspan="{len(table.columns)}">{escape(table.empty_text)}</td></tr>'


def _pages(table: Comparison, asked: QueryDict) -> str:
    page, field = table.page, table.prefixed_page_field
    out = ['<nav class="pagination" aria-label="Pages du tableau">']
    if page.has_previous():
        href = _address(asked, field, page.previous_page_number())
        out.append(f'<a rel="prev" href="{href}">← Précédente</a>')
    for number in table_page_range(page, table.paginator):
        if number == page.number:
            out.append(f'\n<span aria-current="page">{number}</span>')
        elif number == "...":
            out.append("\n<span>…</span>")
        else:
            out.append(
                f'\n<a href="{_address(asked, field, number)}"><span class="visually-hidden">Page </span>'
                f"{number}</a>"
            )
    if page.has_next():
        out.append(f'\n<a rel="next" href="{_address(asked, field, page.next_page_number())}">Suivante →</a>')
    return "".join([*out, "</nav>"])


def _address(asked: QueryDict, field: str, value: object) -> str:
    """The same question with one answer changed."""
    told: dict[str, list] = {**asked, field: [value]}  # of a QueryDict, the lists
    return "?" + "&amp;".join(
        [f"{quote_plus(name)}={quote_plus(str(one))}" for name, said in told.items() for one in said]
    )
