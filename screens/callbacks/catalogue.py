"""Buttons of browsing: shelves, products, search."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class OpenCatalogue(CallbackData, prefix="shop"):
    """Where browsing begins (S1.11)."""


class OpenCategories(CallbackData, prefix="shop.all"):
    """All categories, a page of them."""

    page: Count


class OpenCategory(CallbackData, prefix="shop.cat"):
    """The products of a category (S1.12)."""

    category_id: Id
    page: Count


class OpenBrands(CallbackData, prefix="shop.brands"):
    """The brands within a category, a page of them."""

    category_id: Id
    page: Count


class OpenBrand(CallbackData, prefix="shop.brand"):
    """The products of one brand within a category."""

    category_id: Id
    brand_id: Id
    page: Count


class OpenUsuals(CallbackData, prefix="shop.usual"):
    """What this customer orders most."""

    page: Count


class OpenProduct(CallbackData, prefix="product"):
    """One product with its price, stock and quantities (S1.13)."""

    product_id: Id


class OpenSimilar(CallbackData, prefix="product.alike"):
    """Products that can stand in for this one."""

    product_id: Id
    page: Count


class AskSearch(CallbackData, prefix="search"):
    """Ask what is looked for."""


class AlertMe(CallbackData, prefix="product.alert"):
    """Tell this contact when so many units are there."""

    product_id: Id
    quantity: Count


class OpenResults(CallbackData, prefix="search.page"):
    """Another page of what this person searched last; sent no more."""

    page: Count


class OpenFound(CallbackData, prefix="search.at"):
    """A page of what that search has found."""

    search_id: Id
    page: Count


class OpenFoundProduct(CallbackData, prefix="search.one"):
    """One of the products on that page of what a search has found: the way back leads there."""

    search_id: Id
    product_id: Id
    page: Count
