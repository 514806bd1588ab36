"""What was understood, put into a draft line by line; what has to be asked first waits in a queue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from domain.basket import is_sold, line_of
from domain.catalogue import Offer, Product
from domain.orders import Order, OrderLine, most_sold
from domain.repeats import fitting
from domain.search_words import search_words
from domain.written import Line, Op
from domain.written.names import is_called, is_heard, line_name, lines_meant, means_all
from domain.written_drafts import Asks, Change, Open, Progress
from services.written_orders import Question, Understood, pieces_of
from storage.habits import Habit

MOST_NEAR = 2
"""So many are offered of what is only a little like what was written."""


def learning_key(phrase: str) -> str:
    """The form in which it is remembered what a phrase means for a customer."""
    return " ".join(search_words(phrase))


def _asks(question: Question | None, product: Product, quantity: Decimal | None) -> Asks:
    """Cartons or pieces is asked of what comes in cartons; else it is asked how many."""
    is_whole = quantity is not None and quantity == quantity.to_integral_value()
    return Asks.UNIT if question is Question.UNIT and product.carton > 1 and is_whole else Asks.MANY


def _is_called(phrase: str, choices: Iterable[Product]) -> bool:
    """Whether one of the choices is called by all that was said; else it was not found, these are near it."""
    said = [word for word in search_words(phrase) if not word[0].isdigit()]
    return any(all(is_heard(word, search_words(each.name)) for word in said) for each in choices)


@dataclass(slots=True, kw_only=True)
class Work:
    """A draft and its questions while they change; nothing is read or kept here."""

    draft: Order
    progress: Progress
    offers: Mapping[int, Offer]
    own: Mapping[int, int] = field(default_factory=dict)
    """Units that are reserved for this customer already, by the order that is being changed."""
    habits: Mapping[int, Habit] = field(default_factory=dict)

    def take(self, each: Understood) -> None:
        """One line of a message: done, or asked about, or named as what is not there."""
        if each.line.op is Op.REMOVE and means_all(each.line.phrase) and self.draft.lines:
            self.cut_all()
            return
        if each.line.op is not Op.ADD:
            meant = self._meant(each.line)
            if meant:
                self._change(meant, each.line)
                return
            if self._change_asked(each.line):
                return
            if each.line.op is Op.REMOVE:
                self._miss(each.line.phrase)
                return
        choices = [product for product in each.choices if is_sold(self.offers.get(product.id))]
        if each.question is Question.WHICH and _is_called(each.line.phrase, choices):
            self._ask(Asks.WHICH, each.line, choices=[product.id for product in choices])
        elif each.product is None:
            near = sorted(choices[:MOST_NEAR], key=lambda product: product.name)
            self._ask(Asks.UNKNOWN, each.line, choices=[product.id for product in near])
        elif each.pieces is not None and each.question is None:
            self.put(each.product.id, each.pieces, each.line.phrase)
        else:
            asks = _asks(each.question, each.product, each.line.quantity)
            self._ask(asks, each.line, product_id=each.product.id)

    def _meant(self, line: Line) -> tuple[OrderLine, ...]:
        return lines_meant(line.with_loose, self.draft.lines) or lines_meant(line.phrase, self.draft.lines)

    def _change_asked(self, line: Line) -> bool:
        """What is still asked about may be changed too: it is out, or asked about anew."""
        names = {each.key: self._called(each) for each in self.progress.opens}
        asked = next((each for each in self.progress.opens if is_called(line.phrase, names[each.key])), None)
        if asked is None:
            return False
        if line.op is not Op.REMOVE and (asked.product_id is None or line.op is not Op.SET):
            return False
        self.close(asked.key)
        if line.op is Op.SET and asked.product_id is not None:
            self.decide(asked.product_id, asked.phrase, Op.SET, line.quantity, line.unit)
        return True

    def _called(self, asked: Open) -> str:
        known = [self.offers[each].product.name for each in asked.product_ids if each in self.offers]
        return " ".join((asked.phrase, *known[: 1 if asked.product_id is not None else 0]))

    def cut_all(self) -> None:
        """Everything is out, also what is still asked about."""
        for line in self.draft.lines:
            self._cut(line)
        self.progress = replace(self.progress, opens=())

    def _change(self, meant: tuple[OrderLine, ...], line: Line) -> None:
        if len(meant) > 1:
            self._ask(Asks.WHICH, line, choices=[each.product_id for each in meant])
        else:
            self.decide(meant[0].product_id, line.phrase, line.op, line.quantity, line.unit)

    def decide(
        self, product_id: int, phrase: str, op: Op, quantity: Decimal | None, unit: str | None
    ) -> None:
        """That product is meant; how much of it is taken from what was said, or asked."""
        if op is Op.REMOVE and quantity is None:
            self.put(product_id, 0, phrase, Op.SET)
            return
        offer = self.offers.get(product_id)
        line = Line(raw=phrase, phrase=phrase, op=op, quantity=quantity, unit=unit)
        if offer is None or not is_sold(offer):
            self._ask(Asks.UNKNOWN, line)
            return
        pieces, question = pieces_of(line, offer.product, self.habits.get(product_id))
        if pieces is not None:
            self.put(product_id, pieces, phrase, op)
        else:
            self._ask(_asks(question, offer.product, quantity), line, product_id=product_id)

    def pieces(self, product_id: int, quantity: Decimal, unit: str | None) -> int:
        """So many as was said, in the product's own unit; where no unit was said, pieces are meant."""
        line = Line(raw="", phrase="", quantity=quantity, unit=unit)
        pieces, _question = pieces_of(line, self.offers[product_id].product, None)
        return pieces or int(quantity)

    def put(self, product_id: int, pieces: int, phrase: str, op: Op = Op.ADD, later: int = 0) -> None:
        """So many of a product: a new line, or a change of the one that is there.

        What cannot be sold so is rounded up and named; what is not there is asked about.
        """
        old = self.draft.line(product_id)
        before = old.quantity if old else 0
        wanted = {Op.SET: pieces, Op.REMOVE: max(0, before - pieces)}.get(op, before + pieces)
        if not wanted:
            self._cut(old)
            return
        offer = self.offers.get(product_id)
        if offer is None or not is_sold(offer):
            self._ask(Asks.UNKNOWN, Line(raw=phrase, phrase=phrase, quantity=Decimal(pieces)))
            return
        units = fitting(wanted, offer)
        available = offer.stock.available + self.own.get(product_id, 0)
        if units - later > available and units > before:
            product = offer.product
            asks = Asks.SHORT if most_sold(product.minimum, product.multiple, available) else Asks.OUT
            said = Line(raw=phrase, phrase=phrase, quantity=Decimal(pieces))
            self._ask(asks, said, product_id=product_id, pieces=units)
            return
        kept_later = later or min(old.later if old else 0, units)
        line = line_of(offer, units, kept_later)
        self.draft = self.draft.with_line(line)
        self._note(line, before, wanted, phrase)

    def _cut(self, old: OrderLine | None) -> None:
        if old is None:
            return
        self.draft = self.draft.without(old.product_id)
        change = Change(
            product_id=old.product_id, label=self._name(old), unit=old.unit, before=old.quantity, after=0
        )
        understood = tuple(each for each in self.progress.understood if each != old.product_id)
        self.progress = replace(
            self.progress, changes=(*self.progress.changes, change), understood=understood
        )

    def _note(self, line: OrderLine, before: int, wanted: int, phrase: str) -> None:
        progress = self.progress
        said = {**progress.said, line.product_id: phrase} if not before else progress.said
        changes = progress.changes
        if before and before != line.quantity:
            changes = (*changes, self._changed(line, before))
        if wanted != line.quantity:
            changes = (*changes, replace(self._changed(line, wanted), is_rounded=True))
        understood = progress.understood
        if line.product_id not in understood and not before:
            understood = (*understood, line.product_id)
        self.progress = replace(
            progress,
            said=said,
            changes=changes,
            understood=understood,
            is_fresh=progress.is_fresh or not before,
        )

    def _changed(self, line: OrderLine, before: int) -> Change:
        return Change(
            product_id=line.product_id,
            label=self._name(line),
            unit=line.unit,
            before=before,
            after=line.quantity,
        )

    def _name(self, line: OrderLine) -> str:
        return line_name(line, self.progress.said.get(line.product_id))

    def _ask(
        self,
        asks: Asks,
        line: Line,
        *,
        product_id: int | None = None,
        choices: Iterable[int] = (),
        pieces: int | None = None,
    ) -> None:
        habit = self.habits.get(product_id) if product_id is not None else None
        number = self.progress.asked + 1
        question = Open(
            key=number,
            asks=asks,
            phrase=line.phrase,
            op=line.op,
            quantity=line.quantity,
            unit=line.unit,
            product_id=product_id,
            pieces=pieces,
            choices=tuple(choices),
            usually_cartons=habit is not None and habit.is_by_carton,
        )
        self.progress = replace(self.progress, asked=number, opens=(*self.progress.opens, question))

    def _miss(self, phrase: str) -> None:
        self.progress = replace(self.progress, missing=(*self.progress.missing, phrase))

    def close(self, key: int) -> None:
        """That question is answered."""
        left = tuple(each for each in self.progress.opens if each.key != key)
        self.progress = replace(self.progress, opens=left)

    def ask_first(self, before: Collection[int]) -> None:
        """What was asked only now comes before what was asked until now."""
        opens = self.progress.opens
        new = [each for each in opens if each.key not in before]
        self.progress = replace(self.progress, opens=(*new, *(each for each in opens if each.key in before)))
