"""Numbers, money, lists and names as one language writes them, for sentences about who a program is for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent


def _as_it_is(area_id: str) -> str:
    return area_id


@dataclass(frozen=True, slots=True)
class Names:
    """`area_name`: the id of an area -> what people call it; the id itself where nobody knows a name."""

    locale: Locale
    area_name: Callable[[str], str] = _as_it_is

    def area(self, area_id: str) -> str:
        return self.area_name(area_id)

    def language(self, code: str) -> str:
        """A language in the reader's own, as it stands within a sentence."""
        try:
            return Locale.parse(code.replace("-", "_")).get_display_name(self.locale) or code
        except (ValueError, UnknownLocaleError):
            return self.locale.languages.get(code.split("-")[0]) or code

    def number(self, number: float) -> str:
        return format_decimal(number, locale=self.locale)

    def percent(self, percent: float) -> str:
        return format_percent(percent / 100, locale=self.locale, decimal_quantization=False)

    def money(self, amount: float, currency: str) -> str:
        """Without cents where there are none."""
        pattern = None if float(amount).is_integer() is False else self.locale.currency_formats["standard"].pattern.replace("0.00", "0")
        return format_currency(amount, currency, pattern, locale=self.locale, currency_digits=pattern is None)

    def either(self, words: Sequence[str]) -> str:
        return format_list(list(words), style="or", locale=self.locale) if words else ""

    def both(self, words: Sequence[str]) -> str:
        return format_list(list(words), style="standard", locale=self.locale) if words else ""


ENGLISH = Names(Locale("en", "US"))
