"""Months that hold more."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("twin_of", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("before_merge", sa.JSON(), server_default="{}", nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_case_twin_of"), ["twin_of"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_case_twin_of_ticket"), "ticket", ["twin_of"], ["id"]
        )

    with op.batch_alter_table("coming_turn", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("wording_tries", sa.Integer(), server_default="0", nullable=False)
        )

    with op.batch_alter_table("scheduled_ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("incident", sa.Boolean(), nullable=True))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("merged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_ticket_merged_into"), ["merged_into"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_merged_into_ticket"), "ticket", ["merged_into"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ticket_merged_into_ticket"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_ticket_merged_into"))
        batch_op.drop_column("merged_at")
        batch_op.drop_column("merged_into")

    with op.batch_alter_table("scheduled_ticket", schema=None) as batch_op:
        batch_op.drop_column("incident")

    with op.batch_alter_table("coming_turn", schema=None) as batch_op:
        batch_op.drop_column("wording_tries")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_case_twin_of_ticket"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_case_twin_of"))
        batch_op.drop_column("before_merge")
        batch_op.drop_column("twin_of")
        batch_op.drop_column("second")
