"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = (
    "allocations",
    "applied_promotions",
    "audit",
    "audit_links",
    "cheque_events",
    "credit_decisions",
    "postings",
    "promotion_versions",
)


def _make_append_only() -> None:
    """Their rows are never changed and never deleted: the database itself refuses it."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def upgrade() -> None:
    _make_tables()
    _make_append_only()


def downgrade() -> None:
    _drop_tables()
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _make_tables() -> None:
    one_recipient = (
        "num_nonnulls(contact_id, staff_id, identity_id) = 1"
        if op.get_context().dialect.name == "postgresql"
        else "(contact_id IS NOT NULL) + (staff_id IS NOT NULL) + (identity_id IS NOT NULL) = 1"
    )
    op.create_table(
        "audit_links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("audit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_audit_links_audit_id")),
    )
    op.create_table(
        "brands",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brands")),
        sa.UniqueConstraint("name", name=op.f("uq_brands_name")),
    )
    op.create_table(
        "categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("emoji", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mobile", sa.String(length=11), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("mobile", name=op.f("uq_contacts_mobile")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "customer_groups",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_customer_groups_name")),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mime_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("sha256", name=op.f("uq_files_sha256")),
    )
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holidays")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("bot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("update_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("person", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.Column("received_at", base.Instant(timezone=True), nullable=False),
        sa.Column("done_at", base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "platform",
            "bot_id",
            "update_id",
            "digest",
            name=op.f("uq_inbox_platform_bot_id_update_id_digest"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_done_at", ["done_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_new",
            ["platform", "bot_id", "person", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )

    op.create_table(
        "memory",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column(
            "bot_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "user_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("state", sa.String(length=100), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "bot_id", "user_id", "chat_id", name=op.f("pk_memory")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("mobile", sa.String(length=11), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("mobile", name=op.f("uq_staff_mobile")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_role"), ["role"], unique=False)

    op.create_table(
        "violations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("found_at", base.Instant(timezone=True), nullable=False),
        sa.Column("mended_at", base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations")),
        sa.UniqueConstraint(
            "rule",
            "subject",
            "subject_id",
            "found_at",
            name=op.f("uq_violations_rule_subject_subject_id_found_at"),
        ),
    )
    op.create_table(
        "company_settings",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", base.Instant(timezone=True), nullable=False),
        sa.Column("changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_company_settings_changed_by")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_company_settings")),
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("external_ref", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("national_id", sa.String(length=20), nullable=True),
        sa.Column("economic_code", sa.String(length=20), nullable=True),
        sa.Column("postal_code", sa.String(length=10), nullable=True),
        sa.Column("segment", sa.String(length=1), nullable=True),
        sa.Column("max_overdue_days", sa.Integer(), nullable=True),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["customer_groups.id"], name=op.f("fk_customers_group_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["customers.id"], name=op.f("fk_customers_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("external_ref", name=op.f("uq_customers_external_ref")),
        sa.UniqueConstraint("national_id", name=op.f("uq_customers_national_id")),
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customers_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "preferences",
        sa.Column(
            "contact_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("promotions", sa.Boolean(), nullable=False),
        sa.Column("surveys", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.String(length=64), nullable=False),
        sa.Column("category_ids", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_preferences_contact_id")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("barcode", sa.String(length=14), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("family", sa.String(length=100), nullable=True),
        sa.Column("variant", sa.String(length=60), nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("brand_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("carton", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("multiple", sa.Integer(), nullable=False),
        sa.Column("vat_basis_points", sa.Integer(), nullable=False),
        sa.Column("cost_rials", sa.BigInteger(), nullable=True),
        sa.Column("tax_code", sa.String(length=13), nullable=True),
        sa.Column("photo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("carton >= 1 AND minimum >= 1 AND multiple >= 1", name=op.f("ck_products_packs")),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name=op.f("fk_products_brand_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_products_category_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["files.id"], name=op.f("fk_products_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("code", name=op.f("uq_products_code")),
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_products_barcode"), ["barcode"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_brand_id"), ["brand_id"], unique=False)
        batch_op.create_index(
            "ix_products_browse", ["category_id", "is_active", "position", "id"], unique=False
        )

    op.create_table(
        "promotions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("budget_rials", sa.BigInteger(), nullable=True),
        sa.Column("budget_units", sa.BigInteger(), nullable=True),
        sa.Column("spent_rials", sa.BigInteger(), nullable=False),
        sa.Column("spent_units", sa.BigInteger(), nullable=False),
        sa.Column("alerted_at", base.Instant(timezone=True), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_promotions_dates")),
        sa.CheckConstraint("spent_rials >= 0 AND spent_units >= 0", name=op.f("ck_promotions_not_negative")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_promotions_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
        sa.UniqueConstraint("code", name=op.f("uq_promotions_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("promotions", schema=None) as batch_op:
        batch_op.create_index("ix_promotions_live", ["state", "starts_on"], unique=False)

    op.create_table(
        "routes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("weekdays", sa.String(length=20), nullable=False),
        sa.Column("cutoff_minutes", sa.Integer(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=False),
        sa.Column("until_hour", sa.Integer(), nullable=False),
        sa.Column("areas", sa.String(length=500), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("visitor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_strict", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["visitor_id"], ["staff.id"], name=op.f("fk_routes_visitor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
        sa.UniqueConstraint("name", name=op.f("uq_routes_name")),
    )
    with op.batch_alter_table("routes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routes_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "staff_invites",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", base.Instant(timezone=True), nullable=False),
        sa.Column("used_at", base.Instant(timezone=True), nullable=True),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_invites_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invites")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invites_token_hash")),
    )
    op.create_table(
        "uploads",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column(
            "bot_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "file_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("remote_id", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_uploads_file_id")),
        sa.PrimaryKeyConstraint("platform", "bot_id", "file_id", name=op.f("pk_uploads")),
    )
    op.create_table(
        "contact_roles",
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("may_order", sa.Boolean(), nullable=False),
        sa.Column("may_see_balance", sa.Boolean(), nullable=False),
        sa.Column("may_approve", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_roles_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_contact_roles_customer_id")),
        sa.PrimaryKeyConstraint("contact_id", "customer_id", name=op.f("pk_contact_roles")),
    )
    with op.batch_alter_table("contact_roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_roles_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "credit_decisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("exposure_rials", sa.BigInteger(), nullable=False),
        sa.Column("limit_rials", sa.BigInteger(), nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_credit_decisions_customer_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_credit_decisions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_decisions")),
    )
    with op.batch_alter_table("credit_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_decisions_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_credit_decisions_order", ["order_id", "id"], unique=False)

    op.create_table(
        "credit_holds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("placed_at", base.Instant(timezone=True), nullable=False),
        sa.Column("placed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("released_at", base.Instant(timezone=True), nullable=True),
        sa.Column("released_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("release_reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_credit_holds_customer_id")),
        sa.ForeignKeyConstraint(["placed_by"], ["staff.id"], name=op.f("fk_credit_holds_placed_by")),
        sa.ForeignKeyConstraint(["released_by"], ["staff.id"], name=op.f("fk_credit_holds_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_holds")),
    )
    with op.batch_alter_table("credit_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_holds_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            "uq_credit_holds_standing",
            ["customer_id", "kind"],
            unique=True,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.create_table(
        "credit_limits",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("open_rials", sa.BigInteger(), nullable=True),
        sa.Column("total_rials", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", base.Instant(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "customer_id IS NULL OR group_id IS NULL", name=op.f("ck_credit_limits_one_owner")
        ),
        sa.CheckConstraint("open_rials IS NULL OR open_rials >= 0", name=op.f("ck_credit_limits_open")),
        sa.CheckConstraint("total_rials IS NULL OR total_rials >= 0", name=op.f("ck_credit_limits_total")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_credit_limits_customer_id")),
        sa.ForeignKeyConstraint(["group_id"], ["customer_groups.id"], name=op.f("fk_credit_limits_group_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_credit_limits_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_limits")),
    )
    with op.batch_alter_table("credit_limits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_limits_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_limits_group_id"), ["group_id"], unique=False)

    op.create_table(
        "disputes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document", sa.String(length=16), nullable=True),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("photo_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_disputes_answered_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_disputes_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_disputes_customer_id")),
        sa.ForeignKeyConstraint(["photo_file_id"], ["files.id"], name=op.f("fk_disputes_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("number", name=op.f("uq_disputes_number")),
    )
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disputes_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "identities",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("contact_id IS NULL OR staff_id IS NULL", name=op.f("ck_identities_one_person")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_identities_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_identities_customer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_identities_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("platform", "user_id", name=op.f("uq_identities_platform_user_id")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_identities_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "outlets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("short_address", sa.String(length=200), nullable=False),
        sa.Column("route_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_outlets_customer_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_outlets_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
    )
    with op.batch_alter_table("outlets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outlets_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outlets_route_id"), ["route_id"], unique=False)

    op.create_table(
        "payment_terms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("discount_basis_points", sa.Integer(), nullable=False),
        sa.Column("cash_basis_points", sa.Integer(), nullable=False),
        sa.Column("rest_kind", sa.String(length=16), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("cash_basis_points BETWEEN 0 AND 10000", name=op.f("ck_payment_terms_cash")),
        sa.CheckConstraint(
            "customer_id IS NULL OR group_id IS NULL", name=op.f("ck_payment_terms_one_owner")
        ),
        sa.CheckConstraint(
            "days >= 0 AND discount_basis_points BETWEEN 0 AND 10000", name=op.f("ck_payment_terms_values")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_payment_terms_customer_id")),
        sa.ForeignKeyConstraint(["group_id"], ["customer_groups.id"], name=op.f("fk_payment_terms_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_terms")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("payment_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_terms_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_terms_group_id"), ["group_id"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("debit_account", sa.String(length=24), nullable=False),
        sa.Column("credit_account", sa.String(length=24), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("document", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reverses", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("amount_rials > 0", name=op.f("ck_postings_amount")),
        sa.CheckConstraint("debit_account <> credit_account", name=op.f("ck_postings_two_accounts")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_postings_customer_id")),
        sa.ForeignKeyConstraint(["reverses"], ["postings.id"], name=op.f("fk_postings_reverses")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_postings_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("key", name=op.f("uq_postings_key")),
        sa.UniqueConstraint("reverses", name=op.f("uq_postings_reverses")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_at"), ["at"], unique=False)
        batch_op.create_index(
            "ix_postings_customer",
            ["customer_id", "day", "id", "debit_account", "credit_account", "amount_rials"],
            unique=False,
        )
        batch_op.create_index("ix_postings_document", ["document", "document_id"], unique=False)

    op.create_table(
        "price_lists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("group_id IS NULL OR customer_id IS NULL", name=op.f("ck_price_lists_one_owner")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_price_lists_customer_id")),
        sa.ForeignKeyConstraint(["group_id"], ["customer_groups.id"], name=op.f("fk_price_lists_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_lists")),
        sa.UniqueConstraint("name", name=op.f("uq_price_lists_name")),
    )
    with op.batch_alter_table("price_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_lists_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_price_lists_group_id"), ["group_id"], unique=False)

    op.create_table(
        "promotion_versions",
        sa.Column("promotion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("budget_rials", sa.BigInteger(), nullable=True),
        sa.Column("budget_units", sa.BigInteger(), nullable=True),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_promotion_versions_promotion_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_promotion_versions_staff_id")),
        sa.PrimaryKeyConstraint("promotion_id", "version", name=op.f("pk_promotion_versions")),
    )
    op.create_table(
        "stock",
        sa.Column(
            "product_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("safety", sa.Integer(), nullable=False),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "on_hand >= 0 AND reserved >= 0 AND safety >= 0", name=op.f("ck_stock_not_negative")
        ),
        sa.CheckConstraint("reserved <= on_hand", name=op.f("ck_stock_not_oversold")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_stock_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_stock")),
    )
    op.create_table(
        "stock_alerts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", base.Instant(timezone=True), nullable=False),
        sa.Column("told_at", base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_stock_alerts_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_stock_alerts_customer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_stock_alerts_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_alerts")),
    )
    with op.batch_alter_table("stock_alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_alerts_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            "uq_stock_alerts_waiting",
            ["product_id", "contact_id", "customer_id"],
            unique=True,
            sqlite_where=sa.text("told_at IS NULL"),
            postgresql_where=sa.text("told_at IS NULL"),
        )

    op.create_table(
        "tasks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("done_at", base.Instant(timezone=True), nullable=True),
        sa.Column("done_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_tasks_customer_id")),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_tasks_done_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_tasks_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("key", name=op.f("uq_tasks_key")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            "ix_tasks_open",
            ["role", "due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_audit_identity_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_audit_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "begun_registrations",
        sa.Column(
            "identity_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("step", sa.String(length=100), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("updated_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_begun_registrations_identity_id")
        ),
        sa.PrimaryKeyConstraint("identity_id", name=op.f("pk_begun_registrations")),
    )
    op.create_table(
        "membership_requests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mobile", sa.String(length=11), nullable=False),
        sa.Column("person_name", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("national_id", sa.String(length=20), nullable=True),
        sa.Column("licence_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("route_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", base.Instant(timezone=True), nullable=True),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=True),
        sa.Column("question_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_membership_requests_customer_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_membership_requests_decided_by")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_membership_requests_identity_id")
        ),
        sa.ForeignKeyConstraint(
            ["licence_file_id"], ["files.id"], name=op.f("fk_membership_requests_licence_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_by"], ["staff.id"], name=op.f("fk_membership_requests_question_by")
        ),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_membership_requests_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_requests")),
        sa.UniqueConstraint("number", name=op.f("uq_membership_requests_number")),
    )
    with op.batch_alter_table("membership_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_requests_identity_id"), ["identity_id"], unique=False)
        batch_op.create_index(
            "uq_membership_requests_pending",
            ["identity_id"],
            unique=True,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    op.create_table(
        "notifications",
        sa.CheckConstraint(one_recipient, name=op.f("ck_notifications_one_recipient")),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("message_class", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("due_at", base.Instant(timezone=True), nullable=False),
        sa.Column("leased_until", base.Instant(timezone=True), nullable=True),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_notifications_contact_id")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_notifications_identity_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notifications_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("key", name=op.f("uq_notifications_key")),
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notifications_identity_id"), ["identity_id"], unique=False)
        batch_op.create_index(
            "ix_notifications_sending",
            ["leased_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index(batch_op.f("ix_notifications_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(
            "ix_notifications_waiting",
            ["message_class", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )

    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_outlet_chosen", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("deliver_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("nonce", sa.String(length=22), nullable=True),
        sa.Column("changes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("repeats", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gross_rials", sa.BigInteger(), nullable=False),
        sa.Column("discount_rials", sa.BigInteger(), nullable=False),
        sa.Column("net_rials", sa.BigInteger(), nullable=False),
        sa.Column("vat_rials", sa.BigInteger(), nullable=False),
        sa.Column("credit_rials", sa.BigInteger(), nullable=False),
        sa.Column("term", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("bonus_choices", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("quote_digest", sa.String(length=32), nullable=True),
        sa.Column("decide_by", base.Instant(timezone=True), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("placed_at", base.Instant(timezone=True), nullable=True),
        sa.Column("feedback", sa.String(length=16), nullable=True),
        sa.Column("last_press", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'draft') = (number IS NULL)", name=op.f("ck_orders_placed_has_number")),
        sa.ForeignKeyConstraint(["changes"], ["orders.id"], name=op.f("fk_orders_changes")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_orders_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_orders_customer_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_orders_outlet_id")),
        sa.ForeignKeyConstraint(["repeats"], ["orders.id"], name=op.f("fk_orders_repeats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("nonce", name=op.f("uq_orders_nonce")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_changes"), ["changes"], unique=False)
        batch_op.create_index("ix_orders_desk", ["status", "deliver_on"], unique=False)
        batch_op.create_index(
            "ix_orders_drafts",
            ["contact_id", "customer_id"],
            unique=False,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.create_index(
            "ix_orders_exposure",
            ["customer_id", "status", "credit_rials"],
            unique=False,
            sqlite_where=sa.text("credit_rials > 0"),
            postgresql_where=sa.text("credit_rials > 0"),
        )
        batch_op.create_index(
            "ix_orders_history",
            ["customer_id", sa.literal_column("placed_at DESC")],
            unique=False,
            sqlite_where=sa.text("number IS NOT NULL"),
            postgresql_where=sa.text("number IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_orders_change",
            ["changes"],
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.create_index(
            "uq_orders_draft",
            ["contact_id", "customer_id"],
            unique=True,
            sqlite_where=sa.text("status = 'draft' AND changes IS NULL"),
            postgresql_where=sa.text("status = 'draft' AND changes IS NULL"),
        )

    op.create_table(
        "prices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price_list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("rials >= 0", name=op.f("ck_prices_not_negative")),
        sa.ForeignKeyConstraint(["price_list_id"], ["price_lists.id"], name=op.f("fk_prices_price_list_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_prices_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint(
            "product_id",
            "price_list_id",
            "valid_from",
            name=op.f("uq_prices_product_id_price_list_id_valid_from"),
        ),
    )
    op.create_table(
        "reaches",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column(
            "bot_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "chat_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seen_at", base.Instant(timezone=True), nullable=False),
        sa.Column("blocked_at", base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_reaches_identity_id")),
        sa.PrimaryKeyConstraint("platform", "bot_id", "chat_id", name=op.f("pk_reaches")),
    )
    with op.batch_alter_table("reaches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reaches_identity_id"), ["identity_id"], unique=False)

    op.create_table(
        "searches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=op.f("fk_searches_identity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("searches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_searches_identity_id"), ["identity_id"], unique=False)

    op.create_table(
        "applied_promotions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("promotion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("base_rials", sa.BigInteger(), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_applied_promotions_customer_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_applied_promotions_order_id")),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_applied_promotions_promotion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applied_promotions")),
    )
    with op.batch_alter_table("applied_promotions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applied_promotions_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_applied_promotions_used", ["customer_id", "promotion_id"], unique=False)

    op.create_table(
        "cheques",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sayad_id", sa.String(length=16), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=True),
        sa.Column("bank", sa.String(length=60), nullable=True),
        sa.Column("branch", sa.String(length=60), nullable=True),
        sa.Column("drawer_name", sa.String(length=120), nullable=True),
        sa.Column("drawer_national_id", sa.String(length=20), nullable=True),
        sa.Column("is_third_party", sa.Boolean(), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("effective_due", sa.Date(), nullable=False),
        sa.Column("announced_at", base.Instant(timezone=True), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("sayad_state", sa.String(length=12), nullable=False),
        sa.Column("colour", sa.String(length=8), nullable=True),
        sa.Column("colour_on", sa.Date(), nullable=True),
        sa.Column("bounce_reason", sa.String(length=24), nullable=True),
        sa.Column("bounce_code", sa.String(length=40), nullable=True),
        sa.Column("bounced_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("photo_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unallocated_rials", sa.BigInteger(), nullable=False),
        sa.Column("wants_reminder", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_rials > 0", name=op.f("ck_cheques_amount")),
        sa.CheckConstraint("length(sayad_id) = 16", name=op.f("ck_cheques_sayad_id")),
        sa.CheckConstraint(
            "unallocated_rials >= 0 AND unallocated_rials <= amount_rials",
            name=op.f("ck_cheques_unallocated"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_cheques_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_cheques_customer_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_cheques_order_id")),
        sa.ForeignKeyConstraint(["photo_file_id"], ["files.id"], name=op.f("fk_cheques_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheques")),
    )
    with op.batch_alter_table("cheques", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cheques_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_cheques_due", ["state", "effective_due"], unique=False)
        batch_op.create_index("ix_cheques_exposure", ["customer_id", "state", "amount_rials"], unique=False)
        batch_op.create_index(batch_op.f("ix_cheques_order_id"), ["order_id"], unique=False)
        batch_op.create_index(
            "ix_cheques_unallocated",
            ["customer_id", "state", "unallocated_rials"],
            unique=False,
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )
        batch_op.create_index(
            "uq_cheques_sayad_id",
            ["sayad_id"],
            unique=True,
            sqlite_where=sa.text("state != 'void'"),
            postgresql_where=sa.text("state != 'void'"),
        )

    op.create_table(
        "delivery_attempts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("notification_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", base.Instant(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notifications.id"], name=op.f("fk_delivery_attempts_notification_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempts")),
    )
    with op.batch_alter_table("delivery_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_attempts_notification_id"), ["notification_id"], unique=False
        )

    op.create_table(
        "invoices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outlet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("term", sa.JSON(), nullable=False),
        sa.Column("gross_rials", sa.BigInteger(), nullable=False),
        sa.Column("discount_rials", sa.BigInteger(), nullable=False),
        sa.Column("net_rials", sa.BigInteger(), nullable=False),
        sa.Column("vat_rials", sa.BigInteger(), nullable=False),
        sa.Column("total_rials", sa.BigInteger(), nullable=False),
        sa.Column("open_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("gross_rials - discount_rials = net_rials", name=op.f("ck_invoices_net")),
        sa.CheckConstraint("open_rials >= 0 AND open_rials <= total_rials", name=op.f("ck_invoices_open")),
        sa.CheckConstraint("total_rials = net_rials + vat_rials", name=op.f("ck_invoices_total")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_invoices_customer_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_invoices_order_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_invoices_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("number", name=op.f("uq_invoices_number")),
        sa.UniqueConstraint("order_id", name=op.f("uq_invoices_order_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index("ix_invoices_customer", ["customer_id", "issued_on"], unique=False)
        batch_op.create_index(
            "ix_invoices_open",
            ["customer_id", "due_on", "id", "open_rials"],
            unique=False,
            sqlite_where=sa.text("open_rials > 0"),
            postgresql_where=sa.text("open_rials > 0"),
        )

    op.create_table(
        "order_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_events_order_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_order_events_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_events")),
    )
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_events_order_id"), ["order_id"], unique=False)

    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("later", sa.Integer(), nullable=False),
        sa.Column("unit_price_rials", sa.BigInteger(), nullable=False),
        sa.Column("vat_basis_points", sa.Integer(), nullable=False),
        sa.Column("discount_rials", sa.BigInteger(), nullable=False),
        sa.Column("bonus_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "discount_rials >= 0 AND discount_rials <= quantity * unit_price_rials",
            name=op.f("ck_order_lines_discount"),
        ),
        sa.CheckConstraint(
            "quantity > 0 AND later >= 0 AND later <= quantity", name=op.f("ck_order_lines_quantities")
        ),
        sa.ForeignKeyConstraint(["bonus_of"], ["promotions.id"], name=op.f("fk_order_lines_bonus_of")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_order_lines_product_id")),
        sa.PrimaryKeyConstraint("order_id", "position", name=op.f("pk_order_lines")),
    )
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_lines_product_id"), ["product_id"], unique=False)

    op.create_table(
        "support_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_support_messages_answered_by")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_support_messages_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_support_messages_identity_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_support_messages_order_id")),
        sa.ForeignKeyConstraint(
            ["photo_file_id"], ["files.id"], name=op.f("fk_support_messages_photo_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_messages")),
    )
    with op.batch_alter_table("support_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_messages_identity_id"), ["identity_id"], unique=False)

    op.create_table(
        "allocations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("amount_rials <> 0", name=op.f("ck_allocations_amount")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_allocations_customer_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_allocations_invoice_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_allocations_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
    )
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocations_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index("ix_allocations_source", ["source", "source_id"], unique=False)

    op.create_table(
        "cheque_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cheque_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["cheque_id"], ["cheques.id"], name=op.f("fk_cheque_events_cheque_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cheque_events_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheque_events")),
    )
    with op.batch_alter_table("cheque_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cheque_events_cheque_id"), ["cheque_id"], unique=False)

    op.create_table(
        "credit_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("net_rials", sa.BigInteger(), nullable=False),
        sa.Column("vat_rials", sa.BigInteger(), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("unallocated_rials", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "amount_rials > 0 AND amount_rials = net_rials + vat_rials", name=op.f("ck_credit_notes_amount")
        ),
        sa.CheckConstraint(
            "unallocated_rials >= 0 AND unallocated_rials <= amount_rials",
            name=op.f("ck_credit_notes_unallocated"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_credit_notes_customer_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_credit_notes_invoice_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_credit_notes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_notes")),
        sa.UniqueConstraint("number", name=op.f("uq_credit_notes_number")),
    )
    with op.batch_alter_table("credit_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_notes_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_notes_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(
            "ix_credit_notes_unallocated",
            ["customer_id", "unallocated_rials"],
            unique=False,
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )

    op.create_table(
        "invoice_lines",
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_rials", sa.BigInteger(), nullable=False),
        sa.Column("discount_rials", sa.BigInteger(), nullable=False),
        sa.Column("vat_basis_points", sa.Integer(), nullable=False),
        sa.Column("vat_rials", sa.BigInteger(), nullable=False),
        sa.Column("is_bonus", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "discount_rials >= 0 AND discount_rials <= quantity * unit_price_rials",
            name=op.f("ck_invoice_lines_discount"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_invoice_lines_quantity")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_lines_invoice_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_invoice_lines_product_id")),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_invoice_lines")),
    )
    op.create_table(
        "promises",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", base.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("amount_rials > 0", name=op.f("ck_promises_amount")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_promises_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_promises_customer_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_promises_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("invoice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=True),
        sa.Column("card_last_four", sa.String(length=4), nullable=True),
        sa.Column("photo_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("approved_rials", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("first_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("first_at", base.Instant(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", base.Instant(timezone=True), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_rials > 0", name=op.f("ck_receipts_amount")),
        sa.CheckConstraint(
            "first_by IS NULL OR decided_by IS NULL OR first_by <> decided_by",
            name=op.f("ck_receipts_two_people"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_receipts_contact_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_receipts_customer_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_receipts_decided_by")),
        sa.ForeignKeyConstraint(["first_by"], ["staff.id"], name=op.f("fk_receipts_first_by")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_receipts_invoice_id")),
        sa.ForeignKeyConstraint(["photo_file_id"], ["files.id"], name=op.f("fk_receipts_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("number", name=op.f("uq_receipts_number")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_receipts_desk", ["state", "created_at"], unique=False)
        batch_op.create_index(
            "uq_receipts_tracking",
            ["tracking"],
            unique=True,
            sqlite_where=sa.text("tracking IS NOT NULL AND state != 'rejected'"),
            postgresql_where=sa.text("tracking IS NOT NULL AND state != 'rejected'"),
        )

    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount_rials", sa.BigInteger(), nullable=False),
        sa.Column("currency_unit", sa.String(length=8), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=True),
        sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unallocated_rials", sa.BigInteger(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("amount_rials > 0", name=op.f("ck_payments_amount")),
        sa.CheckConstraint(
            "unallocated_rials >= 0 AND unallocated_rials <= amount_rials",
            name=op.f("ck_payments_unallocated"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_payments_customer_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f("fk_payments_receipt_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_payments_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_payments_receipt_id")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            "ix_payments_unallocated",
            ["customer_id", "unallocated_rials"],
            unique=False,
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )


def _drop_tables() -> None:
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_payments_unallocated",
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )
        batch_op.drop_index(batch_op.f("ix_payments_customer_id"))

    op.drop_table("payments")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_receipts_tracking",
            sqlite_where=sa.text("tracking IS NOT NULL AND state != 'rejected'"),
            postgresql_where=sa.text("tracking IS NOT NULL AND state != 'rejected'"),
        )
        batch_op.drop_index("ix_receipts_desk")
        batch_op.drop_index(batch_op.f("ix_receipts_customer_id"))

    op.drop_table("receipts")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_customer_id"))

    op.drop_table("promises")
    op.drop_table("invoice_lines")
    with op.batch_alter_table("credit_notes", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_credit_notes_unallocated",
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )
        batch_op.drop_index(batch_op.f("ix_credit_notes_invoice_id"))
        batch_op.drop_index(batch_op.f("ix_credit_notes_customer_id"))

    op.drop_table("credit_notes")
    with op.batch_alter_table("cheque_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cheque_events_cheque_id"))

    op.drop_table("cheque_events")
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index("ix_allocations_source")
        batch_op.drop_index(batch_op.f("ix_allocations_invoice_id"))

    op.drop_table("allocations")
    with op.batch_alter_table("support_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_messages_identity_id"))

    op.drop_table("support_messages")
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_lines_product_id"))

    op.drop_table("order_lines")
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_events_order_id"))

    op.drop_table("order_events")
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invoices_open",
            sqlite_where=sa.text("open_rials > 0"),
            postgresql_where=sa.text("open_rials > 0"),
        )
        batch_op.drop_index("ix_invoices_customer")

    op.drop_table("invoices")
    with op.batch_alter_table("delivery_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_attempts_notification_id"))

    op.drop_table("delivery_attempts")
    with op.batch_alter_table("cheques", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cheques_sayad_id",
            sqlite_where=sa.text("state != 'void'"),
            postgresql_where=sa.text("state != 'void'"),
        )
        batch_op.drop_index(
            "ix_cheques_unallocated",
            sqlite_where=sa.text("unallocated_rials > 0"),
            postgresql_where=sa.text("unallocated_rials > 0"),
        )
        batch_op.drop_index(batch_op.f("ix_cheques_order_id"))
        batch_op.drop_index("ix_cheques_exposure")
        batch_op.drop_index("ix_cheques_due")
        batch_op.drop_index(batch_op.f("ix_cheques_customer_id"))

    op.drop_table("cheques")
    with op.batch_alter_table("applied_promotions", schema=None) as batch_op:
        batch_op.drop_index("ix_applied_promotions_used")
        batch_op.drop_index(batch_op.f("ix_applied_promotions_order_id"))

    op.drop_table("applied_promotions")
    with op.batch_alter_table("searches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_searches_identity_id"))
        batch_op.drop_index(batch_op.f("ix_searches_asked_at"))

    op.drop_table("searches")
    with op.batch_alter_table("reaches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reaches_identity_id"))

    op.drop_table("reaches")
    op.drop_table("prices")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_orders_draft",
            sqlite_where=sa.text("status = 'draft' AND changes IS NULL"),
            postgresql_where=sa.text("status = 'draft' AND changes IS NULL"),
        )
        batch_op.drop_index(
            "uq_orders_change",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.drop_index(
            "ix_orders_history",
            sqlite_where=sa.text("number IS NOT NULL"),
            postgresql_where=sa.text("number IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_orders_exposure",
            sqlite_where=sa.text("credit_rials > 0"),
            postgresql_where=sa.text("credit_rials > 0"),
        )
        batch_op.drop_index(
            "ix_orders_drafts",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.drop_index("ix_orders_desk")
        batch_op.drop_index(batch_op.f("ix_orders_changes"))

    op.drop_table("orders")
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notifications_waiting",
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )
        batch_op.drop_index(batch_op.f("ix_notifications_staff_id"))
        batch_op.drop_index(
            "ix_notifications_sending",
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.drop_index(batch_op.f("ix_notifications_identity_id"))
        batch_op.drop_index(batch_op.f("ix_notifications_contact_id"))

    op.drop_table("notifications")
    with op.batch_alter_table("membership_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_requests_pending",
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_requests_identity_id"))

    op.drop_table("membership_requests")
    op.drop_table("begun_registrations")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tasks_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_tasks_customer_id"))

    op.drop_table("tasks")
    with op.batch_alter_table("stock_alerts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_stock_alerts_waiting",
            sqlite_where=sa.text("told_at IS NULL"),
            postgresql_where=sa.text("told_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_stock_alerts_product_id"))

    op.drop_table("stock_alerts")
    op.drop_table("stock")
    op.drop_table("promotion_versions")
    with op.batch_alter_table("price_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_price_lists_group_id"))
        batch_op.drop_index(batch_op.f("ix_price_lists_customer_id"))

    op.drop_table("price_lists")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("ix_postings_document")
        batch_op.drop_index("ix_postings_customer")
        batch_op.drop_index(batch_op.f("ix_postings_at"))

    op.drop_table("postings")
    with op.batch_alter_table("payment_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_terms_group_id"))
        batch_op.drop_index(batch_op.f("ix_payment_terms_customer_id"))

    op.drop_table("payment_terms")
    with op.batch_alter_table("outlets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outlets_route_id"))
        batch_op.drop_index(batch_op.f("ix_outlets_customer_id"))

    op.drop_table("outlets")
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identities_staff_id"))
        batch_op.drop_index(batch_op.f("ix_identities_contact_id"))

    op.drop_table("identities")
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disputes_customer_id"))

    op.drop_table("disputes")
    with op.batch_alter_table("credit_limits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_limits_group_id"))
        batch_op.drop_index(batch_op.f("ix_credit_limits_customer_id"))

    op.drop_table("credit_limits")
    with op.batch_alter_table("credit_holds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_credit_holds_standing",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_credit_holds_customer_id"))

    op.drop_table("credit_holds")
    with op.batch_alter_table("credit_decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_credit_decisions_order")
        batch_op.drop_index(batch_op.f("ix_credit_decisions_customer_id"))

    op.drop_table("credit_decisions")
    with op.batch_alter_table("contact_roles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_roles_customer_id"))

    op.drop_table("contact_roles")
    op.drop_table("uploads")
    op.drop_table("staff_invites")
    with op.batch_alter_table("routes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routes_visitor_id"))

    op.drop_table("routes")
    with op.batch_alter_table("promotions", schema=None) as batch_op:
        batch_op.drop_index("ix_promotions_live")

    op.drop_table("promotions")
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index("ix_products_browse")
        batch_op.drop_index(batch_op.f("ix_products_brand_id"))
        batch_op.drop_index(batch_op.f("ix_products_barcode"))

    op.drop_table("products")
    op.drop_table("preferences")
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customers_parent_id"))
        batch_op.drop_index(batch_op.f("ix_customers_name_key"))
        batch_op.drop_index(batch_op.f("ix_customers_group_id"))

    op.drop_table("customers")
    op.drop_table("company_settings")
    op.drop_table("violations")
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_role"))

    op.drop_table("staff")
    op.drop_table("memory")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_new", sqlite_where=sa.text("state = 'new'"), postgresql_where=sa.text("state = 'new'")
        )
        batch_op.drop_index("ix_inbox_done_at")

    op.drop_table("inbox")
    op.drop_table("holidays")
    op.drop_table("files")
    op.drop_table("customer_groups")
    op.drop_table("counters")
    op.drop_table("contacts")
    op.drop_table("categories")
    op.drop_table("brands")
    op.drop_table("audit_links")
