"""Values for the slots of made texts, of many countries."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable

from benchmarks.entities import words

# Faker's countries whose names are written in letters with capitals.
LOCALES = (
    "en_US", "en_GB", "en_CA", "en_AU", "en_IN", "en_NZ", "en_IE", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_CH",
    "fr_CA", "fr_BE", "es_ES", "es_MX", "es_CO", "es_AR", "es_CL", "it_IT", "pt_BR", "pt_PT", "nl_NL", "nl_BE",
    "pl_PL", "sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ", "sk_SK", "hu_HU", "ro_RO", "hr_HR", "sl_SI", "tr_TR",
    "lt_LT", "lv_LV", "et_EE", "id_ID", "vi_VN", "ru_RU", "uk_UA", "bg_BG", "el_GR", "az_AZ", "sq_AL", "en_TH",
    "zu_ZA", "tw_GH", "yo_NG", "ga_IE", "tr_TR", "fr_DZ", "uz_UZ", "en_KE", "en_NG", "fil_PH", "ha_NG",
)  # fmt: skip
_FORMS = (  # of a full name: first, last, another first
    (70, "{0} {1}"), (6, "{0} {2} {1}"), (6, "{0} {3}. {1}"), (2, "{3}. {1}"), (2, "{1}, {0}"), (3, "{0} {1}-{4}"),
    (2, "{0}-{2} {1}"), (2, "{0} {1} Jr."), (2, "{0} van {1}"), (2, "{0} de {1}"), (2, "{0} al-{1}"), (1, "{1} {0}"),
)  # fmt: skip
_BARE = 0.1  # of full names, those that are a given name only
_UNKNOWN = 0.06  # of parts of names, those that no list has


class Values:
    """Values of one run; every one is drawn from `rng`."""

    def __init__(self, rng: random.Random) -> None:
        import faker

        self._rng = rng
        self._fakers = {}
        for locale in dict.fromkeys(LOCALES):
            if locale in faker.config.AVAILABLE_LOCALES:
                self._fakers[locale] = faker.Faker(locale)
                self._fakers[locale].seed_instance(rng.random())
        self._locales = list(self._fakers)
        self._makers: dict[str, Callable[[str], str]] = {
            "person": self.person, "first": self.first, "last": self.last, "org": self._organization,
            "city": self._city, "country": lambda _: rng.choice(words.COUNTRIES), "address": self._address,
            "address1": self._street, "email": lambda _: self._made("email"), "phone": self._phone,
            "date": self._date, "handle": lambda _: self._made("user_name"),
            "site": lambda _: self._made("domain_name"), "password": lambda _: self._made("password"),
            "job": self._job, "num": lambda _: str(rng.choice((rng.randrange(2, 100), rng.randrange(100, 100_000)))),
            "year": lambda _: str(rng.randrange(1890, 2026)), "month": lambda _: rng.choice(calendar.month_name[1:]),
            "weekday": lambda _: rng.choice(list(calendar.day_name)),
            "time": lambda _: f"{rng.randrange(0, 24)}:{rng.randrange(0, 60):02}",
            "ident": lambda _: rng.choice(words.IDENTIFIERS),
            "Ident": lambda _: rng.choice(words.IDENTIFIERS).title().replace("_", ""),
        }  # fmt: skip
        for name, told in (
            ("brand", words.BRANDS), ("software", words.SOFTWARE), ("thing", words.THINGS),
            ("object", words.OBJECTS), ("sentence", words.SENTENCES), ("team", words.TEAMS),
            ("language", words.LANGUAGES), ("nationality", words.NATIONALITIES),
            ("product", words.PRODUCTS + words.SHOWS),
        ):  # fmt: skip
            self._makers[name] = lambda _, told=told: rng.choice(told)  # type: ignore[misc]

    def any_locale(self) -> str:
        """One of the countries."""
        return self._rng.choice(self._locales)

    def of(self, slot: str, locale: str) -> str:
        """A value for a slot."""
        return self._makers[slot](locale if locale in self._fakers else "en_US")

    def _made(self, what: str, locale: str = "en_US") -> str:
        """What Faker makes for a country, or for the United States where it knows none of it."""
        for name in (locale, "en_US"):
            if make := getattr(self._fakers[name], what, None):
                return str(make())
        raise ValueError(what)

    def first(self, locale: str) -> str:
        """A given name."""
        return self._changed(self._made("first_name", locale))

    def last(self, locale: str) -> str:
        """A family name."""
        return self._changed(self._made("last_name", locale))

    def person(self, locale: str) -> str:
        """A whole name as people write it."""
        if self._rng.random() < _BARE:
            return self.first(locale)
        form = self._rng.choices([f for _, f in _FORMS], [w for w, _ in _FORMS])[0]
        last, second = self.last(locale), self._made("first_name", locale)
        other = self._made("last_name", locale)
        return form.format(self.first(locale), last, second, second[0], other)

    def _changed(self, name: str) -> str:
        """Mostly the name; else one that nobody has: letters of it changed."""
        if self._rng.random() >= _UNKNOWN or len(name) < 4 or not name.isascii():
            return name
        at = self._rng.randrange(1, len(name) - 1)
        vowels, rest = "aeiou", "bdfgklmnprstvz"
        other = self._rng.choice(vowels if name[at] in vowels else rest)
        more = self._rng.choice(("", "", "o", "ik", "en", "ar", "u", "is"))
        return name[:at] + other + name[at + 1 :] + more

    def _organization(self, locale: str) -> str:
        rng = self._rng
        roll = rng.random()
        if roll < 0.35:
            return self._made("company", locale)
        if roll < 0.55:
            return rng.choice(words.KNOWN_COMPANIES)
        if roll < 0.62:  # stores are called as their founders were
            first, last = self._made("first_name", locale), self._made("last_name", locale)
            return rng.choice(
                (
                    f"{first} {last}",
                    f"{last}'s",
                    f"{first[0]}. {last}",
                    f"{last} & Sons",
                    f"{first}'s",
                )
            )
        head = rng.choice(
            (rng.choice(words.HEADS), self._city(locale), self._made("last_name", locale))
        )
        if roll < 0.7:
            return f"{head} {rng.choice(words.HEADS)}"
        return f"{head} {rng.choice(words.ENDINGS)}"

    def _job(self, locale: str) -> str:
        if self._rng.random() < 0.5:
            return self._rng.choice(words.JOBS)
        return self._made("job").replace(", ", " ").capitalize()

    def _city(self, locale: str) -> str:
        return self._made("city", locale)

    def _street(self, locale: str) -> str:
        return self._made("street_address", locale).replace("\n", " ")

    def _address(self, locale: str) -> str:
        rng = self._rng
        street = self._made("street_address", locale).replace("\n", ", ")
        parts = [street]
        if rng.random() < 0.2:
            parts.append(
                f"{rng.choice(('Apt.', 'Suite', 'Unit', 'Floor'))} {rng.randrange(1, 999)}"
            )
        roll = rng.random()
        if roll < 0.45:
            return self._written(self._made("address", locale))
        if roll < 0.55:
            parts.append(self._city(locale))
        else:
            parts += self._city(locale), self._made("postcode", locale)
        if rng.random() < 0.5:
            parts.append(rng.choice(words.COUNTRIES))
        return rng.choice((", ", ", ", " ", "\n", "\n ")).join(parts)

    def _written(self, address: str) -> str:
        return self._rng.choice((address, address.replace("\n", ", "), address.replace("\n", " ")))

    def _phone(self, locale: str) -> str:
        return self._made("phone_number", locale)

    def _date(self, locale: str) -> str:
        rng = self._rng
        day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1930, 2026)
        name = calendar.month_name[month]
        return rng.choice((
            f"{day:02}.{month:02}.{year}", f"{month}/{day}/{year}", f"{year}-{month:02}-{day:02}",
            f"{name} {day}, {year}", f"{day} {name} {year}", f"{day} {name}",
        ))  # fmt: skip
