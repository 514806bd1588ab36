"""Who may do what: a row for every handler there is. A handler without a row fails the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from domain.staff import Role


class Kind(Enum):
    PUBLIC = auto()
    """Anybody may; nothing of anybody else is shown or changed."""
    CUSTOMERS = auto()
    """For approved customers; shows and changes only one's own."""
    BUYERS = auto()
    """For customers' contacts who may order; shows and changes only one's own."""
    OWN = auto()
    """About one thing that has an owner: for others it does not exist."""
    SILENT = auto()
    """About one thing that has an owner: for others the button is old, which is no denial."""
    STAFF = auto()
    """For some of our own people: for others it does not exist."""


@dataclass(frozen=True, slots=True)
class Row:
    kind: Kind
    why: str = ""
    """Why everybody may, where everybody may."""
    roles: tuple[Role, ...] = ()
    """Staff who may, or who see what waits for them there."""
    texts: tuple[str, ...] = ()
    """What is typed to reach the handler of a message; ``{number}`` is the order's number."""
    state: str | None = None
    """The question that is open, for a handler of an answer."""
    data: Mapping[str, str] = field(default_factory=dict)
    """What the question is about: which id of the victim stands in which field; «=word» is the word."""
    makes: tuple[str, ...] = ()
    """Tables to which those who may do it add: a paper is kept when it is drawn."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """For a button whose field means another id of the victim than its name says."""


P, C, B, O, Q, S = Kind.PUBLIC, Kind.CUSTOMERS, Kind.BUYERS, Kind.OWN, Kind.SILENT, Kind.STAFF  # noqa: E741
MANAGER = (Role.MANAGER,)
SUPPORT = (Role.SUPPORT, Role.MANAGER)
DESK = (Role.WAREHOUSE, Role.MANAGER)
DESK_OF_LISTS = (Role.SUPPORT, Role.VISITOR, Role.MANAGER)
FINANCE = (Role.FINANCE,)
BOOKS = (Role.FINANCE, Role.MANAGER)
HOME = "the way home is everybody's"
JOINING = "whoever is nobody yet becomes a customer here; it shows what the person has said"
BROWSING = "the goods are shown to everybody, without prices to those who are not approved"
ORDERING = "only whoever may order has an order read; for others it is searched for, as everybody may"
ASKING = "everybody may talk to our support"
ANSWERING = "it only goes on with what this person has said so far, and shows nothing of anybody's"

ROWS: dict[str, Row] = {
    "staff.follow_link": Row(
        P, "an invite is as good as its secret", roles=SUPPORT, texts=("/start inv_AAAAAAAAAAAAAAAAAAAAAA",)
    ),
    "staff.take_name": Row(
        P, "an invite is as good as its secret", texts=("کسی",), state="Joining:name", data={"invited": "-"}
    ),
    "home.start": Row(P, HOME, roles=SUPPORT, texts=("/start", "/menu", "/cancel", "انصراف", "سلام")),
    "home.show_help": Row(P, HOME, texts=("/help", "راهنما")),
    "home.show_home": Row(P, HOME, roles=SUPPORT),
    "home.try_again": Row(Q),
    "home.note_membership": Row(P, "it says that the person themselves has blocked the bot"),
    "registration.take_contact": Row(P, JOINING, roles=SUPPORT, texts=("<contact>",)),
    "shortcuts.refuse_typed_mobile": Row(P, JOINING, texts=("09121234567",)),
    "registration.repeat_question": Row(
        P,
        JOINING,
        texts=("بله",),
        state="Registering:confirming",
        data={"contact_id": "contact_id", "centres": "[]"},
    ),
    "registration.take_name": Row(P, JOINING, texts=("داروخانه من",), state="Registering:name"),
    "registration.take_kind": Row(P, JOINING, texts=("داروخانه",), state="Registering:kind"),
    "registration.take_address": Row(P, JOINING, texts=("تهران، ونک، پلاک ۴",), state="Registering:address"),
    "registration.take_location": Row(P, JOINING, texts=("بعداً",), state="Registering:location"),
    "registration.take_identifier": Row(
        P, JOINING, texts=("0012345679",), state="Registering:identifier", data={"mobile": "09121234567"}
    ),
    "registration.take_licence": Row(P, JOINING, texts=("عکس ندارم",), state="Registering:licence"),
    "registration.take_answer": Row(
        P, "an applicant answers about the own request", texts=("جواب من این است",)
    ),
    "registration.confirm_me": Row(O),
    "registration.look_first": Row(P, BROWSING, texts=("اول کاتالوگ را ببینم",)),
    "registration.choose_other_centre": Row(P, JOINING),
    "registration.choose_kind": Row(P, JOINING),
    "registration.skip_question": Row(P, JOINING),
    "resuming.go_on": Row(P, JOINING, roles=SUPPORT),
    "resuming.start_over": Row(P, JOINING, roles=SUPPORT),
    "membership.take_reason": Row(
        S, roles=MANAGER, texts=("مدارک ناقص",), state="Deciding:reason", data={"request_id": "request_id"}
    ),
    "membership.take_question": Row(
        S, roles=MANAGER, texts=("نشانی؟",), state="Deciding:question", data={"request_id": "request_id"}
    ),
    "membership.show_requests": Row(S, roles=MANAGER),
    "membership.show_request": Row(S, roles=MANAGER),
    "membership.show_licence": Row(S, roles=MANAGER),
    "membership.approve": Row(S, roles=MANAGER),
    "membership.ask_rejection": Row(S, roles=MANAGER),
    "membership.reject": Row(S, roles=MANAGER),
    "membership.ask_applicant": Row(S, roles=MANAGER),
    "support.ask_support": Row(P, ASKING),
    "support.take_message": Row(P, ASKING, texts=("سلام، کمک",), state="Talking:message"),
    "support.take_photo": Row(P, ASKING, texts=("<file with words>",)),
    "support.show_photo": Row(S, roles=SUPPORT),
    "support.ask_answer": Row(S, roles=SUPPORT),
    "support.take_answer": Row(
        S, roles=SUPPORT, texts=("پاسخ",), state="Talking:answer", data={"message_id": "message_id"}
    ),
    "company.show": Row(S, roles=MANAGER),
    "company.ask": Row(S, roles=MANAGER),
    "company.clear": Row(S, roles=MANAGER),
    "company.take": Row(S, roles=MANAGER, texts=("پخش دیگر",), state="Letterhead:name"),
    "push_rules.show": Row(S, roles=BOOKS),
    "push_rules.show_part": Row(S, roles=BOOKS),
    "push_rules.ask_rule": Row(S, roles=BOOKS),
    "push_rules.take_value": Row(
        S,
        roles=BOOKS,
        texts=("۵",),
        state="RulingMessages:value",
        data={"rule": "=reminders_a_week"},
    ),
    "push_rules.show_holidays": Row(S, roles=MANAGER),
    "push_rules.ask_holiday": Row(S, roles=MANAGER),
    "push_rules.take_day": Row(S, roles=MANAGER, texts=("۱۵ دی",), state="RulingMessages:day"),
    "push_rules.take_name": Row(
        S, roles=MANAGER, texts=("تعطیلی ما",), state="RulingMessages:name", data={"day": "=740000"}
    ),
    "push_rules.ask_drop": Row(S, roles=MANAGER),
    "push_rules.drop_holiday": Row(S, roles=MANAGER),
    "settings.show_settings": Row(C),
    "settings.switch_topic": Row(C),
    "settings.show_hours": Row(C),
    "settings.switch_hours": Row(C),
    "settings.show_interests": Row(C),
    "settings.switch_interest": Row(C),
    "settings.show_colleagues": Row(C),
    "settings.switch_right": Row(O),
    "settings.show_centres": Row(C),
    "settings.choose_centre": Row(O),
    "ledger.show_account": Row(C),
    "ledger.show_books": Row(S, roles=BOOKS),
    "ledger.show_periods": Row(O, roles=BOOKS),
    "ledger.show_statement": Row(O, roles=BOOKS),
    "ledger.send_statement": Row(O, roles=BOOKS, makes=("files",)),
    "ledger.show_statement_of_buyer": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "ledger.ask_range": Row(O, roles=BOOKS),
    "ledger.take_range": Row(
        O,
        roles=BOOKS,
        texts=("۱ مهر تا ۱۵ آبان",),
        state="Looking:range",
        data={"customer_id": "customer_id"},
    ),
    "ledger.show_invoices": Row(O, roles=BOOKS),
    "ledger.show_invoice": Row(O, roles=BOOKS),
    "ledger.show_settling": Row(O, roles=BOOKS),
    "ledger.send_invoice": Row(O, roles=BOOKS, makes=("files",)),
    "disputes.ask_row": Row(O, roles=BOOKS),
    "disputes.dispute_row": Row(O),
    "disputes.dispute_other": Row(C),
    "disputes.take_words": Row(
        O, texts=("این واریز نیست",), state="Disputing:words", data={"dispute_id": "dispute_id"}
    ),
    "disputes.show_disputes": Row(S, roles=BOOKS),
    "disputes.show_dispute": Row(S, roles=BOOKS),
    "disputes.show_photo": Row(S, roles=BOOKS),
    "disputes.ask_answer": Row(S, roles=BOOKS),
    "disputes.take_answer": Row(
        S, roles=BOOKS, texts=("درست شد",), state="Disputing:answer", data={"dispute_id": "dispute_id"}
    ),
    "disputes.show_tasks": Row(S, roles=tuple(Role)),
    "disputes.finish_task": Row(S, roles=BOOKS),
    "frozen.show": Row(S, roles=MANAGER),
    "frozen.release": Row(S, roles=MANAGER),
    "frozen.set_aside": Row(S, roles=MANAGER),
    "referrals.show_link": Row(C, makes=("referral_links",)),
    "referrals.give": Row(S, roles=MANAGER),
    "referrals.refuse": Row(S, roles=MANAGER),
    "surveys.show_question": Row(O),
    "surveys.rate": Row(O),
    "surveys.leave": Row(O),
    "surveys.ask_no_more": Row(C),
    "surveys.give_reason": Row(O),
    "surveys.ask_words": Row(O),
    "surveys.judge": Row(O),
    "surveys.ask_photo": Row(O),
    "surveys.hurry": Row(O),
    "surveys.take_words": Row(
        O, texts=("شکسته بود",), state="Telling:words", data={"survey_id": "survey_id"}
    ),
    "surveys.take_photo": Row(O, texts=("عکس",), state="Telling:photo", data={"ticket_id": "ticket_id"}),
    "tickets.show_tickets": Row(S, roles=tuple(Role)),
    "tickets.show_ticket": Row(S, roles=SUPPORT),
    "tickets.show_phone": Row(S, roles=SUPPORT),
    "tickets.show_people": Row(S, roles=SUPPORT),
    "tickets.assign": Row(S, roles=SUPPORT, fields={"staff_id": "colleague_id"}),
    "tickets.show_order": Row(S, roles=SUPPORT),
    "tickets.show_history": Row(S, roles=SUPPORT),
    "tickets.show_photo": Row(S, roles=SUPPORT),
    "tickets.ask_note": Row(S, roles=SUPPORT),
    "tickets.take_note": Row(
        S, roles=SUPPORT, texts=("زنگ زدم",), state="Settling:note", data={"ticket_id": "ticket_id"}
    ),
    "tickets.ask_outcome": Row(S, roles=SUPPORT),
    "tickets.take_outcome": Row(
        S, roles=SUPPORT, texts=("عوض شد",), state="Settling:outcome", data={"ticket_id": "ticket_id"}
    ),
    "nps.show_report": Row(S, roles=MANAGER),
    "nps.show_trend": Row(S, roles=MANAGER, makes=("files",)),
    "nps.show_comments": Row(S, roles=MANAGER),
    "nps.send_answers": Row(S, roles=MANAGER, makes=("files",)),
    "shortcuts.take_thanks": Row(P, HOME, texts=("ممنون",)),
    "shortcuts.show_catalogue": Row(P, BROWSING, texts=("کاتالوگ",)),
    "shortcuts.show_account": Row(C, texts=("مانده حسابم چقدره؟",)),
    "shortcuts.show_tracking": Row(C, texts=("سفارشم کجاست؟",)),
    "shortcuts.show_order": Row(O, roles=(*DESK, Role.SUPPORT), texts=("سفارش {number}",)),
    "shortcuts.show_cheques": Row(C, roles=BOOKS, texts=("چک‌هام",)),
    "instruments.show_cheques": Row(C),
    "instruments.show_cheque": Row(O),
    "instruments.switch_reminders": Row(C),
    "instruments.ask_photo": Row(C),
    "instruments.take_photo": Row(C, texts=("عکس",), state="Announcing:photo"),
    "instruments.take_number": Row(
        C, texts=("9876543210123456",), state="Announcing:number", data={"photo_id": "photo_id"}
    ),
    "instruments.take_amount": Row(C, texts=("۱۲ میلیون، ۱۵ دی",), state="Announcing:amount"),
    "instruments.take_meant": Row(P, "it answers what the person was asked, and nothing without that"),
    "instruments.amend": Row(P, "it answers what the person was asked, and nothing without that"),
    "instruments.confirm": Row(P, "it answers what the person was asked, and nothing without that"),
    "instruments.answer_reminder": Row(O),
    "cheque_desk.show_desk": Row(S, roles=BOOKS),
    "cheque_desk.show_part": Row(S, roles=BOOKS),
    "cheque_desk.show_card": Row(S, roles=BOOKS),
    "cheque_desk.show_photo": Row(S, roles=BOOKS),
    "cheque_desk.ask_number": Row(S, roles=BOOKS),
    "cheque_desk.take_number": Row(S, roles=BOOKS, texts=("9876543210123456",), state="Handling:number"),
    "cheque_desk.ask_receive": Row(S, roles=FINANCE),
    "cheque_desk.ask_bounce": Row(S, roles=FINANCE),
    "cheque_desk.ask_colour": Row(S, roles=FINANCE),
    "cheque_desk.ask_sayad_reason": Row(S, roles=FINANCE),
    "cheque_desk.take_rejection": Row(
        S,
        roles=FINANCE,
        texts=("مبلغ نمی‌خواند",),
        state="Handling:rejection",
        data={"cheque_id": "cheque_id", "version": "cheque_version"},
    ),
    "cheque_desk.ask_undo": Row(S, roles=FINANCE),
    "cheque_desk.take_undo_reason": Row(
        S,
        roles=FINANCE,
        texts=("اشتباه ثبت شد",),
        state="Handling:undo_reason",
        data={"cheque_id": "cheque_id", "version": "cheque_version"},
    ),
    "cheque_details.show_details": Row(S, roles=FINANCE),
    "cheque_details.ask_detail": Row(S, roles=FINANCE),
    "cheque_details.take_detail": Row(
        S,
        roles=FINANCE,
        texts=("ملت",),
        state="Detailing:value",
        data={"cheque_id": "cheque_id", "version": "cheque_version", "detail": "=bank"},
    ),
    "cheque_policy.show_policy": Row(S, roles=BOOKS),
    "cheque_policy.ask_rule": Row(S, roles=MANAGER),
    "cheque_policy.set_rule": Row(S, roles=MANAGER),
    "ras.ask_ras": Row(S, roles=BOOKS),
    "ras.take_lines": Row(S, roles=BOOKS, texts=("۱۲ میلیون، ۱۵ دی",), state="Weighing:lines"),
    "cheque_moves.receive": Row(S, roles=FINANCE),
    "cheque_moves.receive_for": Row(S, roles=FINANCE),
    "cheque_moves.move": Row(S, roles=FINANCE),
    "cheque_moves.bounce": Row(S, roles=FINANCE),
    "cheque_moves.settle": Row(S, roles=FINANCE),
    "cheque_moves.record_sayad": Row(S, roles=FINANCE),
    "cheque_moves.record_colour": Row(S, roles=FINANCE),
    "cheque_moves.approve_drawer": Row(S, roles=MANAGER),
    "shortcuts.show_invoice": Row(O, roles=(*DESK, Role.SUPPORT), texts=("فاکتور {number}",)),
    "shortcuts.show_basket": Row(B, texts=("سبد خرید",)),
    "shortcuts.show_deals": Row(C, roles=MANAGER, texts=("تخفیف چی دارید؟",)),
    "shortcuts.show_settings": Row(C, texts=("تنظیمات",)),
    "shortcuts.ask_support": Row(P, ASKING, texts=("پشتیبانی",)),
    "shortcuts.pass_complaint_on": Row(P, ASKING, texts=("بسته خراب بود",)),
    "shortcuts.show_request": Row(P, "an applicant sees the own request", texts=("جواب من این است",)),
    "checkout.show_terms": Row(B),
    "checkout.show_mixed": Row(B),
    "checkout.set_term": Row(B),
    "checkout.settle_bonus": Row(B),
    "checkout.pick_bonus": Row(B),
    "checkout.unpick_bonus": Row(B),
    "terms.show": Row(S, roles=(Role.FINANCE, Role.MANAGER)),
    "terms.ask": Row(S, roles=(Role.FINANCE,)),
    "terms.take": Row(
        S,
        roles=(Role.FINANCE,),
        texts=("چک ۴۵ روزه",),
        state="Asking:term",
        data={"customer_id": "customer_id"},
    ),
    "terms.add": Row(S, roles=(Role.FINANCE,)),
    "terms.remove": Row(S, roles=(Role.FINANCE,)),
    "terms.drop_own": Row(S, roles=(Role.FINANCE,)),
    "quantities.ask_quantity": Row(B),
    "quantities.ask_line": Row(B),
    "quantities.ask_note": Row(B),
    "quantities.take_quantity": Row(
        B, texts=("۲۴",), state="Asking:quantity", data={"product_id": "product_id"}
    ),
    "quantities.take_line": Row(B, texts=("۲۴",), state="Asking:line", data={"product_id": "product_id"}),
    "quantities.take_note": Row(B, texts=("زنگ بزنید",), state="Asking:note"),
    "searching.take_search": Row(P, BROWSING, texts=("کالا",), state="Asking:search"),
    "promotions.show_promotions": Row(S, roles=MANAGER),
    "promotions.show_promotion": Row(S, roles=MANAGER),
    "promotions.ask_end": Row(S, roles=MANAGER),
    "promotions.move_promotion": Row(S, roles=MANAGER),
    "promotion_maker.change_promotion": Row(S, roles=MANAGER),
    "promotion_maker.ask_kind": Row(S, roles=MANAGER),
    "promotion_maker.begin": Row(S, roles=MANAGER),
    "promotion_maker.ask_part": Row(S, roles=MANAGER),
    "promotion_parts.pick_goods": Row(S, roles=MANAGER),
    "promotion_parts.pick_everything": Row(S, roles=MANAGER),
    "promotion_parts.end_goods": Row(S, roles=MANAGER),
    "promotion_parts.pick_anybody": Row(S, roles=MANAGER),
    "promotion_parts.pick_kind_of_customer": Row(S, roles=MANAGER),
    "promotion_parts.pick_group": Row(S, roles=MANAGER),
    "promotion_parts.pick_customer": Row(S, roles=MANAGER),
    "promotion_parts.pick_day": Row(S, roles=MANAGER),
    "promotion_parts.pick_open_end": Row(S, roles=MANAGER),
    "promotion_parts.pick_no_budget": Row(S, roles=MANAGER),
    "promotion_maker.keep_promotion": Row(S, roles=MANAGER),
    "promotion_maker.drop_draft": Row(S, roles=MANAGER),
    "promotion_maker.take_part": Row(S, roles=MANAGER, texts=("طرح پاییزه",), state="Making:promotion"),
    "price_limits.show_limits": Row(S, roles=MANAGER),
    "price_limits.ask_limit": Row(S, roles=MANAGER),
    "price_limits.drop_limit": Row(S, roles=MANAGER),
    "price_limits.take_limit": Row(
        S, roles=MANAGER, texts=("۱۵٪",), state="LimitingPrices:rate", data={"limit": "=most"}
    ),
    "offers.show_deals": Row(C),
    "offers.show_deal": Row(C),
    "offers.show_deal_product": Row(P, BROWSING),
    "offers.show_goods": Row(C),
    "catalogue.show_catalogue": Row(P, BROWSING),
    "catalogue.show_categories": Row(P, BROWSING),
    "catalogue.show_category": Row(P, BROWSING),
    "catalogue.show_brands": Row(P, BROWSING),
    "catalogue.show_brand": Row(P, BROWSING),
    "catalogue.show_product": Row(P, BROWSING),
    "catalogue.show_similar": Row(P, BROWSING),
    "searching.ask_search": Row(P, BROWSING),
    "searching.show_found": Row(O),
    "searching.show_found_product": Row(O),
    "searching.show_results": Row(P, "it shows what the person has looked for last"),
    "catalogue.alert_me": Row(C),
    "written.take_order": Row(P, ORDERING, texts=("۲ کارتن کالای",)),
    "written.take_instead_of_search": Row(P, ORDERING, texts=("۲ کارتن کالای",), state="Asking:search"),
    "written.answer": Row(O),
    "written.pick": Row(O),
    "written.answer_many": Row(O),
    "written.pick_term": Row(O),
    "written.pick_day": Row(O),
    "written.show_pending": Row(B),
    "written.turn_draft": Row(O),
    "searching.search_free_text": Row(P, BROWSING, texts=("کالا",)),
    "basket.add": Row(B),
    "basket.show_basket": Row(B),
    "basket.show_lines": Row(B),
    "basket.show_line": Row(B),
    "basket.set_line": Row(B),
    "basket.add_part": Row(B),
    "basket.ask_empty": Row(B),
    "basket.empty": Row(O, fields={"order_id": "draft_id"}),
    "basket.show_days": Row(B),
    "basket.show_outlets": Row(B),
    "basket.set_outlet": Row(O),
    "basket.drop_note": Row(B),
    "basket.set_day": Row(B),
    "orders.place": Row(O, fields={"order_id": "draft_id"}),
    "orders.show_order": Row(O),
    "proformas.send": Row(O),
    "orders.show_tracking": Row(C),
    "orders.change": Row(O),
    "orders.leave_unchanged": Row(O, fields={"order_id": "change_id"}),
    "orders.ask_cancel": Row(O),
    "orders.cancel": Row(O),
    "history.show_newest": Row(C, texts=("سوابق خرید",)),
    "history.show_history": Row(C),
    "history.show_span": Row(C),
    "history.show_lines": Row(O, roles=(Role.MANAGER, Role.FINANCE, Role.WAREHOUSE, Role.SUPPORT)),
    "repeats.show_last": Row(C, texts=("همون قبلی",)),
    "repeats.show_earlier": Row(C),
    "repeats.show_this": Row(O),
    "repeats.fill": Row(O),
    "repeats.replace_basket": Row(O, fields={"order_id": "delivered_id"}),
    "repeats.settle": Row(B),
    "repeats.take_hint": Row(O),
    "order_guide.show_guide": Row(C),
    "order_guide.show_first": Row(C, texts=("اقلام همیشگی من",)),
    "order_guide.put": Row(B),
    "order_guide.fill": Row(B),
    "order_guide.replace_basket": Row(B),
    "saved_baskets.show_all": Row(C, texts=("سبدهای ذخیره‌شده",)),
    "saved_baskets.show_one": Row(O),
    "saved_baskets.fill": Row(O),
    "saved_baskets.replace_basket": Row(O),
    "saved_baskets.save_order": Row(O),
    "saved_baskets.do_not_save": Row(O),
    "saved_baskets.ask_name": Row(B),
    "saved_baskets.ask_rename": Row(O),
    "saved_baskets.ask_drop": Row(O),
    "saved_baskets.drop": Row(O),
    "saved_baskets.take_name": Row(B, texts=("ماهانه",), state="Saving:name"),
    "saved_baskets.take_other_name": Row(
        O, texts=("هفتگی",), state="Saving:other_name", data={"basket_id": "basket_id"}
    ),
    "requested_goods.ask_goods": Row(C, texts=("کالای درخواستی",)),
    "requested_goods.take_goods": Row(C, texts=("کرم تازه",), state="Wishing:goods"),
    "requested_goods.request_searched": Row(O),
    "requested_goods.show_wishes": Row(S, roles=SUPPORT),
    "requested_goods.show_wish": Row(S, roles=SUPPORT),
    "requested_goods.answer": Row(S, roles=SUPPORT),
    "search_misses.show_misses": Row(S, roles=SUPPORT),
    "search_misses.show_miss": Row(S, roles=SUPPORT),
    "search_misses.make_alias": Row(S, roles=SUPPORT),
    "search_misses.ask_brand": Row(S, roles=SUPPORT),
    "search_misses.take_brand": Row(
        S, roles=SUPPORT, texts=("آوین",), state="Meaning:brand", data={"search_id": "search_id"}
    ),
    "search_misses.leave": Row(S, roles=SUPPORT),
    "brand_aliases.show_brands": Row(S, roles=SUPPORT),
    "brand_aliases.show_brand": Row(S, roles=SUPPORT),
    "brand_aliases.ask_brand": Row(S, roles=SUPPORT),
    "brand_aliases.take_brand": Row(S, roles=SUPPORT, texts=("آوین",), state="Naming:brand"),
    "brand_aliases.ask_alias": Row(S, roles=SUPPORT),
    "brand_aliases.take_alias": Row(
        S, roles=SUPPORT, texts=("نام دیگر",), state="Naming:alias", data={"brand_id": "brand_id"}
    ),
    "brand_aliases.drop": Row(S, roles=SUPPORT),
    "fulfilment.show_desk": Row(S, roles=DESK),
    "fulfilment.show_job": Row(S, roles=(*DESK, Role.SUPPORT)),
    "fulfilment.move": Row(S, roles=DESK),
    "fulfilment.ask_cancel": Row(S, roles=MANAGER),
    "fulfilment.cancel": Row(S, roles=MANAGER),
    "fulfilment.take_reason": Row(
        S, roles=MANAGER, texts=("تمام شد",), state="Cancelling:reason", data={"order_id": "order_id"}
    ),
    "fulfilment.give_feedback": Row(O, fields={"order_id": "delivered_id"}),
    "delays.show_routes": Row(S, roles=DESK),
    "delays.ask_order": Row(S, roles=DESK),
    "delays.ask_route": Row(S, roles=DESK),
    "delays.pick_reason": Row(S, roles=DESK),
    "delays.pick_day": Row(S, roles=DESK),
    "delays.ask_other_day": Row(S, roles=DESK),
    "delays.pick_hours": Row(S, roles=DESK),
    "delays.send": Row(S, roles=DESK),
    "delays.take_reason": Row(
        S, roles=DESK, texts=("ریزش کوه",), state="Delaying:reason", data={"order_id": "order_id"}
    ),
    "delays.take_day": Row(
        S,
        roles=DESK,
        texts=("۵ آذر",),
        state="Delaying:day",
        data={"order_id": "order_id", "reason": "=weather"},
    ),
    "delays.take_hours": Row(
        S,
        roles=DESK,
        texts=("۹ تا ۱۲",),
        state="Delaying:hours",
        data={"order_id": "order_id", "reason": "=weather", "day": "=739944"},
    ),
    "delay_answers.accept": Row(O),
    "delay_answers.ask_other_day": Row(O),
    "delay_answers.choose_day": Row(O),
    "delay_answers.ask_cancel": Row(O),
    "delay_answers.cancel": Row(O),
    "nudges.fill": Row(O),
    "nudges.replace_basket": Row(O, fields={"order_id": "delivered_id"}),
    "nudges.decline": Row(O),
    "nudges.explain": Row(O),
    "nudges.remind_later": Row(O),
    "nudges.show_manager": Row(S, roles=MANAGER),
    "nudges.set_manager": Row(S, roles=MANAGER),
    "nudges.drop_manager": Row(S, roles=MANAGER),
    "campaigns.show_menu": Row(S, roles=MANAGER),
    "campaign_subject.ask_subject": Row(S, roles=MANAGER),
    "campaign_subject.begin_with_promotion": Row(S, roles=MANAGER),
    "campaign_subject.begin_with_product": Row(S, roles=MANAGER),
    "campaign_subject.begin_bare": Row(S, roles=MANAGER),
    "campaign_subject.ask_other_subject": Row(S, roles=MANAGER),
    "campaign_subject.ask_shown_product": Row(S, roles=MANAGER),
    "campaign_subject.set_promotion": Row(S, roles=MANAGER),
    "campaign_subject.set_product": Row(S, roles=MANAGER),
    "campaign_subject.drop_subject": Row(S, roles=MANAGER),
    "campaigns.show_drafts": Row(S, roles=MANAGER),
    "campaigns.show_schedules": Row(S, roles=MANAGER),
    "campaigns.open_campaign": Row(S, roles=MANAGER),
    "campaigns.ask_drop": Row(S, roles=MANAGER),
    "campaigns.drop": Row(S, roles=MANAGER),
    "campaigns.copy": Row(S, roles=MANAGER),
    "campaign_subject.take_product": Row(
        S, roles=MANAGER, texts=("شامپو",), state="Building:product", data={"campaign_id": "campaign_id"}
    ),
    "campaign_audience.show_audience": Row(S, roles=MANAGER),
    "campaign_audience.show_more": Row(S, roles=MANAGER),
    "campaign_audience.add_group": Row(S, roles=MANAGER),
    "campaign_audience.drop_group": Row(S, roles=MANAGER),
    "campaign_audience.ask_list_name": Row(S, roles=MANAGER),
    "campaign_audience.ask_drop_list": Row(S, roles=MANAGER),
    "campaign_audience.drop_list": Row(S, roles=MANAGER),
    "campaign_audience.count": Row(S, roles=MANAGER),
    "campaign_audience.send_to_spared": Row(S, roles=MANAGER),
    "campaign_audience.choose_holdout": Row(S, roles=MANAGER),
    "campaign_audience.take_list_name": Row(
        S,
        roles=MANAGER,
        texts=("مشتریان خوب",),
        state="Building:list_name",
        data={"campaign_id": "campaign_id"},
    ),
    "campaign_criteria.open_criterion": Row(S, roles=MANAGER),
    "campaign_criteria.tick": Row(S, roles=MANAGER),
    "campaign_criteria.tick_goods": Row(S, roles=MANAGER),
    "campaign_criteria.set_days": Row(S, roles=MANAGER),
    "campaign_criteria.flip": Row(S, roles=MANAGER),
    "campaign_criteria.clear": Row(S, roles=MANAGER),
    "campaign_criteria.take_value": Row(
        S,
        roles=MANAGER,
        texts=("۳۰ روز",),
        state="Building:value",
        data={"campaign_id": "campaign_id", "position": "=0", "by": "=nb", "page": "=1"},
    ),
    "campaign_parts.show_parts": Row(S, roles=MANAGER),
    "campaign_parts.ask_text": Row(S, roles=MANAGER),
    "campaign_parts.ask_photo": Row(S, roles=MANAGER),
    "campaign_parts.choose_photo": Row(S, roles=MANAGER),
    "campaign_parts.ask_buttons": Row(S, roles=MANAGER),
    "campaign_parts.choose_buttons": Row(S, roles=MANAGER),
    "campaign_details.ask_quantity": Row(S, roles=MANAGER),
    "campaign_details.choose_quantity": Row(S, roles=MANAGER),
    "campaign_details.ask_last_day": Row(S, roles=MANAGER),
    "campaign_details.drop_last_day": Row(S, roles=MANAGER),
    "campaign_details.ask_name": Row(S, roles=MANAGER),
    "campaign_parts.take_text": Row(
        S,
        roles=MANAGER,
        texts=("طرح تازه شروع شد",),
        state="Building:text",
        data={"campaign_id": "campaign_id"},
    ),
    "campaign_parts.take_photo": Row(
        S, roles=MANAGER, texts=("عکس ندارم",), state="Building:photo", data={"campaign_id": "campaign_id"}
    ),
    "campaign_details.take_quantity": Row(
        S, roles=MANAGER, texts=("۱۲",), state="Building:quantity", data={"campaign_id": "campaign_id"}
    ),
    "campaign_details.take_last_day": Row(
        S, roles=MANAGER, texts=("۱۵ دی",), state="Building:last_day", data={"campaign_id": "campaign_id"}
    ),
    "campaign_details.take_name": Row(
        S, roles=MANAGER, texts=("طرح دی",), state="Building:name", data={"campaign_id": "campaign_id"}
    ),
    "campaign_preview.show_preview": Row(S, roles=MANAGER),
    "campaign_preview.show_another": Row(S, roles=MANAGER),
    "campaign_preview.show_for": Row(S, roles=MANAGER),
    "campaign_preview.ask_customer": Row(S, roles=MANAGER),
    "campaign_preview.send_test": Row(S, roles=MANAGER),
    "campaign_preview.say_would": Row(S, roles=MANAGER),
    "campaign_preview.take_customer": Row(
        S, roles=MANAGER, texts=("داروخانه",), state="Building:customer", data={"campaign_id": "campaign_id"}
    ),
    "campaign_timing.send_now": Row(S, roles=MANAGER),
    "campaign_timing.ask_start": Row(S, roles=MANAGER),
    "campaign_timing.ask_other_start": Row(S, roles=MANAGER),
    "campaign_timing.pick_start": Row(S, roles=MANAGER),
    "campaign_timing.ask_other_speed": Row(S, roles=MANAGER),
    "campaign_timing.schedule": Row(S, roles=MANAGER),
    "campaign_timing.ask_unschedule": Row(S, roles=MANAGER),
    "campaign_timing.unschedule": Row(S, roles=MANAGER),
    "campaign_timing.approve": Row(S, roles=MANAGER),
    "campaign_timing.refuse": Row(S, roles=MANAGER),
    "campaign_timing.take_start": Row(
        S, roles=MANAGER, texts=("فردا ۱۰:۰۰",), state="Building:start", data={"campaign_id": "campaign_id"}
    ),
    "campaign_timing.take_speed": Row(
        S,
        roles=MANAGER,
        texts=("۱۲۰",),
        state="Building:speed",
        data={"campaign_id": "campaign_id", "day": "=739944", "minute": "=600"},
    ),
    "campaign_pause.pause": Row(S, roles=MANAGER),
    "campaign_pause.give_reason": Row(S, roles=MANAGER),
    "campaign_pause.ask_correction": Row(S, roles=MANAGER),
    "campaign_pause.resume": Row(S, roles=MANAGER),
    "campaign_pause.ask_end": Row(S, roles=MANAGER),
    "campaign_pause.end": Row(S, roles=MANAGER),
    "campaign_pause.take_correction": Row(
        S,
        roles=MANAGER,
        texts=("متن درست",),
        state="Building:correction",
        data={"campaign_id": "campaign_id", "whom": "=rest"},
    ),
    "campaign_taps.buy": Row(O),
    "campaign_taps.look": Row(O),
    "campaign_taps.stop": Row(O),
    "campaign_taps.want_again": Row(O),
    "campaign_results.show_progress": Row(S, roles=MANAGER),
    "campaign_results.show_sent": Row(S, roles=MANAGER),
    "campaign_results.show_report": Row(S, roles=MANAGER),
    "campaign_results.show_chart": Row(S, roles=MANAGER, makes=("files",)),
    "campaign_results.show_buyers": Row(S, roles=MANAGER),
    "campaign_results.show_clickers": Row(S, roles=MANAGER),
    "campaign_results.ask_work": Row(S, roles=MANAGER),
    "campaign_results.make_work": Row(S, roles=MANAGER),
    "campaign_results.send_sheet": Row(S, roles=MANAGER, makes=("files",)),
    "campaign_results.show_gaps": Row(S, roles=MANAGER),
    "receipts.start": Row(C),
    "receipts.start_of": Row(O),
    "receipts.take_proof": Row(C, texts=("88412037",), state="Paying:proof"),
    "receipts.take_whole": Row(Q),
    "receipts.ask_amount": Row(Q),
    "receipts.take_amount": Row(P, ANSWERING, texts=("۱۲ میلیون",), state="Paying:amount"),
    "receipts.take_meant": Row(Q),
    "receipts.choose_day": Row(Q),
    "receipts.ask_day": Row(Q),
    "receipts.go_back": Row(Q),
    "receipts.take_day": Row(
        P, ANSWERING, texts=("دیروز",), state="Paying:day", data={"rials": "invoice_id"}
    ),
    "receipts.take_number": Row(
        C, texts=("88412038",), state="Paying:number", data={"rials": "invoice_id", "paid_on": "=2026-11-20"}
    ),
    "receipt_desk.show_receipts": Row(S, roles=BOOKS),
    "receipt_desk.show_receipt": Row(S, roles=BOOKS),
    "receipt_desk.show_photo": Row(S, roles=BOOKS),
    "receipt_desk.approve": Row(S, roles=FINANCE),
    "receipt_desk.ask_amount": Row(S, roles=FINANCE),
    "receipt_desk.take_amount": Row(
        S,
        roles=FINANCE,
        texts=("۱۲ میلیون",),
        state="Finding:amount",
        data={"receipt_id": "receipt_id", "version": "=0"},
    ),
    "receipt_desk.ask_invoice": Row(S, roles=FINANCE),
    "receipt_desk.choose_invoice": Row(S, roles=FINANCE),
    "receipt_desk.oldest_first": Row(S, roles=FINANCE),
    "receipt_desk.ask_rejection": Row(S, roles=FINANCE),
    "receipt_desk.reject": Row(S, roles=FINANCE),
    "promises.ask_which": Row(C),
    "promises.ask_day": Row(O),
    "promises.choose_day": Row(O),
    "promises.ask_other_day": Row(O),
    "promises.take_day": Row(O, texts=("فردا",), state="Promising:day", data={"invoice_id": "invoice_id"}),
    "promises.promise_whole": Row(O),
    "promises.ask_part": Row(O),
    "promises.take_amount": Row(
        O,
        texts=("۵ میلیون",),
        state="Promising:amount",
        data={"invoice_id": "invoice_id", "day": "=739944"},
    ),
    "promises.take_meant": Row(Q),
    "promises.ask_subject": Row(O),
    "promises.object_to": Row(O),
    "promises.call_me": Row(C),
    "promises.coordinate": Row(C),
    "reminder_desk.show_levels": Row(S, roles=BOOKS),
    "reminder_desk.ask_days": Row(S, roles=FINANCE),
    "reminder_desk.take_days": Row(
        S, roles=FINANCE, texts=("۱۵",), state="Keeping:days", data={"level": "=4"}
    ),
    "reminder_desk.switch": Row(S, roles=FINANCE),
    "reminder_desk.show_promises": Row(S, roles=BOOKS),
    "reminder_desk.show_accounts": Row(C, roles=BOOKS),
    "reminder_desk.ask_sheba": Row(S, roles=FINANCE),
    "reminder_desk.take_sheba": Row(
        S, roles=FINANCE, texts=("IR160120000000001234567890",), state="Keeping:sheba"
    ),
    "reminder_desk.take_card": Row(
        S,
        roles=FINANCE,
        texts=("6104337700000001",),
        state="Keeping:card",
        data={"sheba": "=IR160120000000001234567890"},
    ),
    "reminder_desk.without_card": Row(S, roles=FINANCE),
    "reminder_desk.ask_drop": Row(S, roles=FINANCE),
    "reminder_desk.drop_account": Row(S, roles=FINANCE),
    "returns.show_lines": Row(S, roles=FINANCE),
    "returns.ask_units": Row(S, roles=FINANCE),
    "returns.take_units": Row(
        S,
        roles=FINANCE,
        texts=("۲",),
        state="Returning:units",
        data={"invoice_id": "invoice_id", "position": "=0"},
    ),
    "returns.choose_units": Row(S, roles=FINANCE),
    "returns.show_summary": Row(S, roles=FINANCE),
    "returns.take_back": Row(S, roles=FINANCE),
    "credit.pay_difference": Row(B),
    "credit.pay_all_cash": Row(B),
    "credit.open_cutting": Row(B),
    "credit.cut_line": Row(B),
    "credit.ask_approval": Row(B),
    "credit.explain": Row(C),
    "approvals.show_waiting": Row(S, roles=BOOKS),
    "approvals.show_card": Row(S, roles=BOOKS),
    "approvals.show_items": Row(S, roles=BOOKS),
    "approvals.approve": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.ask_prepayment": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.approve_with_difference": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.take_prepayment": Row(
        S,
        roles=BOOKS,
        texts=("۱۲ میلیون",),
        state="Approving:prepayment",
        data={"order_id": "held_id", "seen": "held_id"},
    ),
    "approvals.take_meant": Row(P, "it answers what the person was asked, and nothing without that"),
    "approvals.ask_refusal": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.take_refusal": Row(
        S, roles=BOOKS, texts=("نه",), state="Approving:refusal", data={"order_id": "held_id"}
    ),
    "approvals.refuse": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.refer": Row(S, roles=MANAGER, fields={"order_id": "held_id"}),
    "approvals.ask_message": Row(S, roles=BOOKS, fields={"order_id": "held_id"}),
    "approvals.take_message": Row(
        S, roles=BOOKS, texts=("سلام علیک",), state="Approving:message", data={"order_id": "held_id"}
    ),
    "credit_desk.show_book": Row(S, roles=BOOKS),
    "credit_desk.send_book": Row(S, roles=BOOKS),
    "credit_desk.show_card": Row(S, roles=(*BOOKS, Role.VISITOR)),
    "credit_desk.ask_name": Row(S, roles=(*BOOKS, Role.VISITOR)),
    "credit_desk.take_name": Row(
        S, roles=(*BOOKS, Role.VISITOR), texts=("داروخانه",), state="FindingDebtor:name"
    ),
    "credit_desk.show_named": Row(
        P,
        "whoever has no business with the books searches the goods with it",
        roles=(*BOOKS, Role.VISITOR, Role.SUPPORT),
        texts=("داروخانه",),
    ),
    "limits.ask_limit": Row(S, roles=FINANCE),
    "limits.take_meant": Row(P, "it answers what the person was asked, and nothing without that"),
    "limits.take_amount": Row(
        S,
        roles=FINANCE,
        texts=("۳۵۰ میلیون",),
        state="Limiting:amount",
        data={"customer_id": "customer_id", "part": "=all"},
    ),
    "limits.take_reason": Row(
        S,
        roles=FINANCE,
        texts=("خوش‌حساب است",),
        state="Limiting:reason",
        data={"customer_id": "customer_id", "part": "=all", "rials": "customer_id"},
    ),
    "limits.drop_limit": Row(S, roles=FINANCE),
    "limits.ask_stop": Row(S, roles=FINANCE),
    "limits.take_stop": Row(
        S, roles=FINANCE, texts=("تسویه نکرده",), state="Limiting:stop", data={"customer_id": "customer_id"}
    ),
    "limits.ask_release": Row(S, roles=FINANCE),
    "limits.take_release": Row(
        S, roles=FINANCE, texts=("تسویه شد",), state="Limiting:release", data={"hold_id": "hold_id"}
    ),
    "credit_rules.show": Row(S, roles=BOOKS),
    "credit_rules.ask_company": Row(S, roles=FINANCE),
    "credit_rules.ask_group": Row(S, roles=FINANCE),
    "credit_rules.ask_rule": Row(S, roles=FINANCE),
    "credit_rules.take_limit": Row(S, roles=FINANCE, texts=("۵۰ میلیون",), state="Ruling:limit"),
    "credit_rules.take_number": Row(
        S, roles=FINANCE, texts=("۱۲۰",), state="Ruling:number", data={"rule": "=most_percent"}
    ),
    "barcodes.take_picture": Row(P, BROWSING, texts=("<picture>",)),
    "barcodes.take_code": Row(P, BROWSING, texts=("۶۲۶۰۰۰۰۰۱۰۲۴۷",)),
    "barcodes.wish_for_code": Row(C),
    "list_files.take_table": Row(B, texts=("<table>",)),
    "list_files.show_rows_left": Row(O, fields={"list_id": "file_list_id"}),
    "paper_lists.show_list": Row(S, roles=DESK_OF_LISTS),
    "paper_lists.ask_lines": Row(S, roles=DESK_OF_LISTS),
    "paper_lists.take_lines": Row(
        S, roles=DESK_OF_LISTS, texts=("شامپو ۲ عدد",), state="Entering:lines", data={"list_id": "list_id"}
    ),
    "paper_lists.show_draft": Row(O, fields={"list_id": "typed_list_id"}),
    "fallback.show_help": Row(P, HOME, roles=SUPPORT, texts=("؟؟؟",)),
    "fallback.show_old_button": Row(P, HOME),
}
